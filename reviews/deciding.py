"""What happens to a review after it was sent: each step locks its row, checks its state, and changes all or nothing."""

from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reviews import mail
from reviews.models import Decision, Review, Tally

Status = Review.Status
MOVING = ("status", "decided_at", "decided_by_id", "confirmed_at", "withdrawn_at")


@transaction.atomic
def approve(review, *, by):
    """Do what `Review.approve` says."""
    locked = _locked_for_decision(review)
    decision = _decide(locked, by=by, verdict=Decision.Verdict.APPROVED, status=Status.APPROVED)
    Tally.objects.add(locked.monograph_id, locked.rating)
    _mirror(locked, review)
    return decision


@transaction.atomic
def reject(review, *, by, reason, message=""):
    """Do what `Review.reject` says."""
    reason = Decision.Reason(reason)
    locked = _locked_for_decision(review)
    decision = _decide(
        locked,
        by=by,
        verdict=Decision.Verdict.REJECTED,
        status=Status.REJECTED,
        reason=reason,
        message=message.strip() or str(reason.message),
    )
    _mirror(locked, review)
    return decision


@transaction.atomic
def withdraw(review):
    """Do what `Review.withdraw` says. The decisions stay in the log."""
    locked = _locked(review)
    if not locked.can_be_withdrawn:
        raise Review.WrongState(_wrong_state(locked))
    if locked.is_public:
        Tally.objects.take(locked.monograph_id, locked.rating)
    locked.status = Status.WITHDRAWN
    locked.withdrawn_at = timezone.now()
    locked.decided_at = locked.decided_by = None
    locked.save(update_fields=["status", "withdrawn_at", "decided_at", "decided_by"])
    _mirror(locked, review)


@transaction.atomic
def confirm(review):
    """Do what `Review.confirm` says."""
    locked = _locked(review)
    if locked.status != Status.UNCONFIRMED:
        raise Review.WrongState(_wrong_state(locked))
    locked.status = Status.PENDING
    locked.confirmed_at = timezone.now()
    locked.save(update_fields=["status", "confirmed_at"])
    _mirror(locked, review)


def _locked(review):
    # The bare row: PostgreSQL refuses to lock the empty side of a join.
    return Review.objects.select_for_update().get(pk=review.pk)


def _locked_for_decision(review):
    locked = _locked(review)
    if locked.status == Status.PENDING:
        return locked
    decision = Decision.objects.select_related("review", "by").filter(review=locked, wording=locked.wording).first()
    if decision and locked.status != Status.WITHDRAWN:
        raise Review.AlreadyDecided(decision)
    raise Review.WrongState(_wrong_state(locked))


def _wrong_state(review):
    return _("“%(title)s” is %(status)s, so this cannot be done.") % {
        "title": review.title,
        "status": review.get_status_display(),
    }


def _decide(review, *, by, verdict, status, reason="", message=""):
    now = timezone.now()
    review.status, review.decided_by, review.decided_at = status, by, now
    review.save(update_fields=["status", "decided_by", "decided_at"])
    decision = Decision.objects.create(
        review=review, wording=review.wording, verdict=verdict, by=by, at=now, reason=reason, message=message
    )
    transaction.on_commit(partial(mail.send_decision, decision))
    return decision


def _mirror(stored, review):
    """Bring the caller's object up to date with the row that was locked and changed."""
    for name in MOVING:
        setattr(review, name, getattr(stored, name))
