""" "Was this page helpful?": how an answer is counted."""

from datetime import timedelta
from http import HTTPStatus

from django.conf import settings
from django.db import transaction
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from monographs.models import PageVote
from monographs.open_forms import WIDER, count_wide, hash_of_network

PURPOSE = "page votes"


@transaction.atomic
def vote(edition, *, is_helpful, reason="", address):
    """Count the answer of the network that an address belongs to; a second one takes the place of its first.

    Without an address nothing is counted, since it could be counted again and again. Raises TooMany.
    """
    if network := hash_of_network(PURPOSE, address):
        _answer, is_new = PageVote.objects.update_or_create(
            edition=edition,
            network_hash=network,
            defaults={"is_helpful": is_helpful, "reason": reason, "at": timezone.now()},
        )
        if is_new:
            within = timedelta(days=settings.ADDRESS_RETENTION_DAYS)
            count_wide(f"{PURPOSE} {edition.pk}", address, most=WIDER, within=within)


def refuse_vote(request, limit):
    """Say that a vote was not counted because of a TooMany."""
    reason = _("So many votes came from your wider network that no more of them are counted for now.")
    response = render(request, "refused.html", {"reason": reason}, status=HTTPStatus.TOO_MANY_REQUESTS)
    response.headers["Retry-After"] = str(limit.seconds)
    return response


def vote_of(edition, *, address):
    """Return the PageVote of the network that an address belongs to, or None."""
    network = hash_of_network(PURPOSE, address)
    return edition.page_votes.filter(network_hash=network).first() if network else None
