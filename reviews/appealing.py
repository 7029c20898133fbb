"""Appeals: an author objects to a refusal, and another moderator looks again."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reviews.locking import finish, lock
from reviews.models import Appeal, Decision, Figure, Letter, Review


@transaction.atomic
def appeal(review, text):
    """Do what `Review.appeal` says."""
    text = text.strip()
    if not text:
        raise ValueError("An appeal needs a text.")
    locked = lock(review)
    refusal = refusal_to_appeal(locked)
    if refusal is None:
        raise Appeal.NotPossible(_("There is no refusal of this review that can be appealed against now."))
    appeal = Appeal.objects.create(review=locked, against=refusal, text=text)
    finish(locked, review)
    Figure.objects.move(Figure.Kind.APPEALED)
    Letter.objects.post(Letter.Kind.APPEALED, locked)
    return appeal


def refusal_to_appeal(review):
    """Return the Decision that its author may appeal against now, or None.

    It is the newest one, refused a wording or took one down, is final, at most APPEAL_DAYS old, and was not appealed
    against before; and no newer wording waits.
    """
    decision = review.last_decision
    if (
        decision is None
        or review.status not in (Review.Status.REJECTED, Review.Status.APPROVED)
        or review.next_wording
        or decision.verdict != Decision.Verdict.REJECTED
        or decision.cause == Decision.Cause.APPEAL
        or not decision.final_at <= timezone.now() <= appeal_until(decision)
        or Appeal.objects.filter(against=decision).exists()
    ):
        return None
    return decision


def appeal_until(decision):
    """Return when the time to appeal against a decision ends."""
    return decision.at + timedelta(days=settings.APPEAL_DAYS)
