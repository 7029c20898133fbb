"""How a review comes in: counted against the hour's limit, screened, stored once, and acknowledged."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from monographs.locks import one_at_a_time
from monographs.open_forms import HOUR, AlreadySent, check_limit, count_sent, hash_of_network
from reviews import copies
from reviews.authoring import screened
from reviews.models import Letter, Review

EDITS_PER_HOUR = 10

RECEIPTS_PER_HOUR = 10
"""Letters to one address: whoever has many networks could else fill the mailbox of somebody who never was here."""


def network_hash(address):
    """Return the keyed hash under which the network of an address is counted."""
    return hash_of_network("reviews", address)


def submit(review, *, address):
    """Store a review that a reader has written. Raises TooMany or AlreadySent, and then stores nothing."""
    screened(review)
    review.network_hash = network_hash(address)
    if settings.REVIEWS_CONFIRM_EMAIL:
        review.status = Review.Status.UNCONFIRMED
    with transaction.atomic():
        one_at_a_time(review.network_hash, review.form_key and review.form_key.hex)
        if review.form_key and (sent := Review.objects.filter(form_key=review.form_key).first()):
            raise AlreadySent(sent)
        if review.network_hash:
            earlier = Review.objects.filter(network_hash=review.network_hash)
            count_sent("reviews", address, earlier, most=settings.REVIEWS_PER_HOUR, sent_at="submitted_at")
        review.save(force_insert=True)
        copies.index(review)
        if review.email and _may_be_written_to(review.email):
            Letter.objects.post(Letter.Kind.RECEIPT, review)


def _may_be_written_to(email):
    recent = Review.objects.written_from(email).filter(submitted_at__gt=timezone.now() - HOUR)
    return len(recent.values_list("pk")[: RECEIPTS_PER_HOUR + 1]) <= RECEIPTS_PER_HOUR


def resubmit(review, text, *, stays_public, newest):
    """Give a review another wording, as `Review.edit` says. Raises TooMany too."""
    check_limit(review.wordings, most=EDITS_PER_HOUR, sent_at="submitted_at")
    review.edit(text, stays_public=stays_public, newest=newest)
