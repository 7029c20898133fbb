"""Appeals: an author objects to a refusal, and another moderator looks again."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
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
    refusal = _newest_that_matters(locked)
    if obstacle := _obstacle(locked, refusal):
        raise Appeal.NotPossible(obstacle)
    appeal = Appeal.objects.create(review=locked, against=refusal, text=text)
    finish(locked, review)
    Figure.objects.move(Figure.Kind.APPEALED)
    Letter.objects.post(Letter.Kind.APPEALED, locked)
    return appeal


def refusal_to_appeal(review):
    """Return the Decision that its author may appeal against now, or None."""
    decision = _newest_that_matters(review)
    return None if _obstacle(review, decision) else decision


def obstacle_to_appeal(review):
    """Return why its author cannot appeal now, as a sentence, or ""."""
    return _obstacle(review, _newest_that_matters(review))


def appeal_until(decision):
    """Return when the time to appeal against a decision ends."""
    return decision.at + timedelta(days=settings.APPEAL_DAYS)


def _newest_that_matters(review):
    # That readers reported the public wording in vain takes nothing from the author.
    kept = Q(cause=Decision.Cause.FLAGS, verdict=Decision.Verdict.APPROVED)
    return review.decisions.standing().exclude(kept).first()


def _obstacle(review, decision):
    """An appeal is against the newest decision: one that refused a wording or took one down, is final and at most
    APPEAL_DAYS old, and was not appealed against before; and no newer wording waits.
    """
    is_decided = review.status in (Review.Status.REJECTED, Review.Status.APPROVED) and not review.next_wording
    now = timezone.now()
    if decision and decision.final_at > now:
        return _("A moderator is deciding just now.")
    if not is_decided or decision is None or decision.verdict != Decision.Verdict.REJECTED:
        return _("There is no refusal of this review that can be appealed against now.")
    if decision.cause == Decision.Cause.APPEAL:
        return _("This was the answer to your appeal, and it is final.")
    if Appeal.objects.filter(against=decision).exists():
        return _("You have appealed against this decision already.")
    if now > appeal_until(decision):
        until = date_format(timezone.localtime(appeal_until(decision)), "DATETIME_FORMAT")
        return _("The time to appeal ended on %(until)s.") % {"until": until}
    return ""
