"""Flags: a reader reports a public review, and it comes back to the moderators."""

from django.db import transaction

from monographs.locks import one_at_a_time
from monographs.open_forms import count_sent
from reviews.locking import finish, lock, wrong_state
from reviews.models import Figure, Flag, Letter
from reviews.submission import network_hash

FLAGS_PER_HOUR = 20


@transaction.atomic
def flag(review, *, reason, note="", email="", address=""):
    """Do what `Review.flag` says."""
    reason = Flag.Reason(reason)
    network = network_hash(address)
    locked = lock(review)
    if not locked.is_public:
        raise wrong_state(locked)
    if network:
        one_at_a_time(network)
        if mine := Flag.objects.open().filter(review=locked, network_hash=network).first():
            return mine
        earlier = Flag.objects.filter(network_hash=network)
        count_sent("flags", address, earlier, most=FLAGS_PER_HOUR, sent_at="at")
    flag = Flag.objects.create(
        review=locked, wording=locked.wording, reason=reason, note=note.strip(), email=email, network_hash=network
    )
    finish(locked, review)
    Figure.objects.move(Figure.Kind.FLAGGED)
    Letter.objects.post(Letter.Kind.FLAG_RECEIVED, locked, flag=flag)
    return flag
