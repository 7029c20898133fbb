""" "Was this page helpful?": how an answer is counted."""

from django.utils import timezone

from monographs.models import PageVote
from monographs.open_forms import hash_of_network

PURPOSE = "page votes"


def vote(edition, *, is_helpful, reason="", address):
    """Count the answer of the network that an address belongs to; a second one takes the place of its first.

    Without an address nothing is counted, since it could be counted again and again.
    """
    if network := hash_of_network(PURPOSE, address):
        PageVote.objects.update_or_create(
            edition=edition,
            network_hash=network,
            defaults={"is_helpful": is_helpful, "reason": reason, "at": timezone.now()},
        )


def vote_of(edition, *, address):
    """Return the PageVote of the network that an address belongs to, or None."""
    network = hash_of_network(PURPOSE, address)
    return edition.page_votes.filter(network_hash=network).first() if network else None
