"""Official replies: published and withdrawn like every other act on a review, and seen on the next request."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reviews.locking import finish, lock, wrong_state
from reviews.models import Reply, Tally


@transaction.atomic
def reply(review, *, by, text, name, role):
    """Do what `Review.reply` says."""
    locked = lock(review)
    if not locked.is_public:
        raise wrong_state(locked)
    reply = Reply.objects.create(review=locked, wording=locked.wording, text=text, name=name, role=role, by=by)
    Tally.objects.touch(locked.monograph_id)
    finish(locked, review)
    return reply


@transaction.atomic
def withdraw(reply, *, by):
    """Do what `Reply.withdraw` says."""
    locked = lock(reply.review)
    stored = Reply.objects.get(pk=reply.pk)
    if stored.withdrawn_at:
        raise Reply.Withdrawn(_("This reply is withdrawn already."))
    stored.withdrawn_by, stored.withdrawn_at = by, timezone.now()
    stored.save(update_fields=["withdrawn_by", "withdrawn_at"])
    Tally.objects.touch(locked.monograph_id)
    finish(locked, reply.review)
    reply.withdrawn_by, reply.withdrawn_at = by, stored.withdrawn_at
