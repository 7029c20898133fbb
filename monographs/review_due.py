"""When a page has to be reviewed as a whole: an interval after it was last signed, reviewed or published.

Everything is computed from rows and the clock, so that no process has to run for a page to say that it is overdue.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from monographs.models import Edition, LogEntry, Monograph, PageReview, SignOff, Standing

SOON = timedelta(days=60)
DUE_FIELDS = ("title", "public_from", "monograph__review_interval", "standing__checked_at")


@dataclass(frozen=True)
class ClinicalReview:
    """Who signed the text of an edition, who last reviewed it without a change, and when that is due again."""

    signature: SignOff | None
    review: PageReview | None
    due_on: date | None

    @property
    def is_overdue(self):
        return self.due_on is not None and is_past(self.due_on)


@dataclass(frozen=True)
class Due:
    """An edition in force with the day on which its review is due, or was."""

    edition: Edition
    on: date

    @property
    def is_overdue(self):
        return is_past(self.on)


def is_past(day):
    """Whether a day on which something is due has come."""
    return day <= timezone.localdate()


def months_after(day, months):
    """Return the same day that many months later, or the last of that month where it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def due_on(*times, months):
    """Return the day on which a page is due for review: `months` after the latest of the times that are not None."""
    return months_after(timezone.localdate(max(filter(None, times))), months)


def beginning_of(day):
    """Return the moment at which a day begins in the site's time zone."""
    return timezone.make_aware(datetime.combine(day, time.min))


def clinical_review_of(edition):
    """Return the ClinicalReview of an edition, or of a draft, which has a day only once it has a time to be public."""
    if edition.pk is None:
        signature, review = SignOff.objects.signature_of(edition), None
    else:
        standing = getattr(edition, "standing", None)
        signature, review = standing and standing.signature, standing and standing.review
    times = [edition.public_from, signature and signature.answered_at, review and review.at]
    due = due_on(*times, months=edition.monograph.review_interval) if edition.public_from else None
    return ClinicalReview(signature, review, due)


def due_for_review(within=SOON):
    """Return a Due for each edition in force whose review is overdue or due by then, the longest due first."""
    limit = timezone.localdate() + within
    editions = Edition.objects.in_force().select_related("monograph", "standing").only(*DUE_FIELDS)
    dues = [Due(edition, _due_on(edition)) for edition in editions]
    return sorted((due for due in dues if due.on <= limit), key=lambda due: (due.on, due.edition.title))


def _due_on(edition):
    checked_at = edition.standing.checked_at if hasattr(edition, "standing") else None
    return due_on(edition.public_from, checked_at, months=edition.monograph.review_interval)


@transaction.atomic
def record_review(edition, *, by, name, note):
    """Do what `Edition.record_review` says."""
    monograph = Monograph.objects.select_for_update().get(pk=edition.monograph_id)
    if monograph.edition_in_force != edition:
        raise PageReview.NotInForce
    review = PageReview.objects.create(
        edition=edition, recorded_by=by, name=name.strip(), note=note.strip(), at=timezone.now()
    )
    Standing.objects.refresh([edition])
    words = ": ".join(filter(None, [review.name, review.note]))
    LogEntry.objects.create(
        monograph=monograph, event=LogEntry.Event.REVIEWED, by=by, at=review.at, edition=edition, note=words
    )
    return review


@transaction.atomic
def set_interval(monograph, *, by, months):
    """Do what `Monograph.set_review_interval` says."""
    before = Monograph.objects.select_for_update().get(pk=monograph.pk).review_interval
    if months == before:
        return
    monograph.review_interval = months
    monograph.save(update_fields=["review_interval"])
    LogEntry.objects.create(monograph=monograph, event=LogEntry.Event.INTERVAL, by=by, note=f"{before} → {months}")
