"""The links to one's own reviews, sent again to the address from which they were written."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from monographs.locks import one_at_a_time
from monographs.open_forms import HOUR, count_sent
from reviews.addresses import email_hash
from reviews.models import Letter, LinkRequest, Review
from reviews.submission import network_hash

FROM_NETWORK_PER_HOUR = 10
TO_ADDRESS_PER_HOUR = 3

A_MOMENT = timedelta(seconds=1)
"""The letter is not sent while the answer waits: how long that takes would tell whether there is one."""


@transaction.atomic
def send_links(typed, *, address):
    """Send the links of all reviews written from an e-mail address to that address, if there are any.

    Nobody learns from the outcome whether there are. Raises TooMany when the network at `address` asked too often; for
    an e-mail address that was asked for too often, nothing is sent.
    """
    network, person = network_hash(address), email_hash(typed)
    one_at_a_time(network, person)
    if network:
        earlier = LinkRequest.objects.filter(network_hash=network)
        count_sent("links", address, earlier, most=FROM_NETWORK_PER_HOUR, sent_at="at")
    recent = LinkRequest.objects.filter(email_hash=person, at__gt=timezone.now() - HOUR).count()
    LinkRequest.objects.create(email_hash=person, network_hash=network)
    newest = Review.objects.written_from(typed).order_by("-pk").first()
    if newest and recent < TO_ADDRESS_PER_HOUR:
        Letter.objects.post(Letter.Kind.LINKS, newest, wait=A_MOMENT)
