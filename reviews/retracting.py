"""Undo: a moderator takes a decision back within seconds, before anybody is told of it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reviews.locking import finish, hide, lock, show_wording
from reviews.models import Appeal, Decision, Figure, Flag, Letter, Review


@transaction.atomic
def retract(decision, *, by):
    """Do what `Decision.retract` says."""
    locked = lock(decision.review)
    stored = Decision.objects.get(pk=decision.pk)
    now = timezone.now()
    if stored.by_id != by.pk:
        raise Review.WrongState(_("Only the person who decided can take it back."))
    if now >= stored.final_at:
        raise Review.WrongState(_("The time to take this decision back is over, and the author is being told of it."))
    if locked.revision != stored.revision:
        raise Review.WrongState(_("Something happened to the review since, so the decision stands."))
    _undo(locked, stored)
    Decision.objects.mark_retracted(stored, now)
    Figure.objects.move_decision(stored, -1)
    Letter.objects.filter(decision=stored, sent_at=None).delete()
    _name_who_decided(locked)
    finish(locked, decision.review)
    decision.retracted_at = now


def _undo(review, decision):
    if decision.cause == Decision.Cause.FLAGS:
        if decision.verdict == Decision.Verdict.REJECTED:
            show_wording(review, decision.wording)
    elif decision.replaced:
        if decision.verdict == Decision.Verdict.APPROVED:
            show_wording(review, decision.replaced)
        if decision.cause == Decision.Cause.WORDING:
            review.next_wording = decision.wording
    elif decision.cause == Decision.Cause.WORDING:
        hide(review, Review.Status.PENDING)
    elif decision.verdict == Decision.Verdict.APPROVED:
        hide(review, Review.Status.REJECTED)
    Appeal.objects.filter(answer=decision).update(answer=None)
    Flag.objects.filter(review=review).reopen(decision)


def _name_who_decided(review):
    """Say again who brought the review into its state, or nobody for one that waits."""
    if review.status == Review.Status.PENDING:
        review.decided_by = review.decided_at = None
        return
    before = review.decisions.standing().filter(verdict=review.status).first()
    review.decided_by_id, review.decided_at = before.by_id, before.at
