"""Decisions: each locks the review, checks that it is still what the moderator saw, and changes all or nothing.

What a decision is about follows from the review's card: a wording that waits, flags by readers, or an appeal.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reviews.addresses import email_hashes
from reviews.locking import finish, hide, lock, show_wording, wrong_state
from reviews.matters import needs_of
from reviews.models import Appeal, Card, Decision, Figure, Flag, Letter, Review

APPROVED, REJECTED = Decision.Verdict.APPROVED, Decision.Verdict.REJECTED


def approve(review, *, by, message="", **circumstances):
    """Do what `Review.approve` says."""
    return _decide(review, by=by, verdict=APPROVED, message=message.strip(), **circumstances)


def reject(review, *, by, reason, message="", marks=(), **circumstances):
    """Do what `Review.reject` says."""
    reason = Decision.Reason(reason)
    message = message.strip() or str(reason.message)
    return _decide(review, by=by, verdict=REJECTED, reason=reason, message=message, marks=list(marks), **circumstances)


@transaction.atomic
def _decide(review, *, by, seen=None, undo_for=timedelta(0), **judgement):
    locked = lock(review)
    needs = _needs_to_decide(locked, by=by, seen=seen)
    matter = needs["matter"]
    appeal = locked.appeals.open().select_related("against").first() if matter == Card.Matter.APPEAL else None
    if appeal and appeal.against.by_id == by.pk:
        raise Appeal.SamePerson(_("You refused this review, so another moderator has to answer the appeal."))
    now = timezone.now()
    number = appeal.against.wording if appeal else locked.next_wording or locked.wording
    text = locked.text_of(number)
    decision = Decision.objects.create(
        review=locked,
        wording=number,
        stars=text.rating,
        found=text.rules_fired,
        since=needs["since"],
        replaced=_public_beside(locked, appeal),
        cause=matter,
        by=by,
        at=now,
        final_at=now + undo_for,
        revision=locked.revision + 1,
        **judgement,
    )
    if appeal:
        _answer_appeal(locked, appeal, decision)
    elif matter == Card.Matter.FLAGS:
        _answer_flags(locked, decision)
    else:
        _answer_wording(locked, decision)
    if locked.status in (Review.Status.APPROVED, Review.Status.REJECTED) and decision.verdict == locked.status:
        locked.decided_by, locked.decided_at = by, now
    finish(locked, review)
    Figure.objects.move_decision(decision)
    Letter.objects.post_outcome(decision)
    return decision


def _needs_to_decide(locked, *, by, seen):
    needs = needs_of(locked)
    if needs is None:
        decision = locked.last_decision
        if decision and locked.status != Review.Status.WITHDRAWN:
            raise Review.AlreadyDecided(decision)
        raise wrong_state(locked)
    if seen is not None and seen != locked.revision:
        raise Review.Changed
    if locked.email_hash in email_hashes(by.email):
        raise Review.OwnReview
    return needs


def _public_beside(review, appeal):
    """Return the number of the public wording that stays, or is replaced, when another wording is decided on."""
    about = appeal.against.wording if appeal else review.next_wording
    return review.wording if review.is_public and about and about != review.wording else None


def _answer_wording(review, decision):
    review.next_wording = None
    if decision.verdict == APPROVED:
        if decision.replaced:
            Flag.objects.filter(review=review).close(Flag.Status.SETTLED, decision)
        show_wording(review, decision.wording)
    elif not decision.replaced:
        hide(review, Review.Status.REJECTED)


def _answer_flags(review, decision):
    is_kept = decision.verdict == APPROVED
    Flag.objects.filter(review=review).close(Flag.Status.DISMISSED if is_kept else Flag.Status.UPHELD, decision)
    if not is_kept:
        hide(review, Review.Status.REJECTED)


def _answer_appeal(review, appeal, decision):
    appeal.answer = decision
    appeal.save(update_fields=["answer"])
    if decision.verdict == APPROVED:
        if decision.replaced:
            Flag.objects.filter(review=review).close(Flag.Status.SETTLED, decision)
        show_wording(review, decision.wording)
