"""When a page has to be reviewed as a whole: an interval after it was last signed, reviewed or published.

Everything is computed from rows and the clock, so that no process has to run for a page to say that it is overdue.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from monographs.due_dates import due_on, is_past
from monographs.freezing import freeze_after_commit
from monographs.models import LogEntry, Monograph, PageReview, SignOff, Standing


@dataclass(frozen=True)
class ClinicalReview:
    """Who signed the text of an edition, who last reviewed it without a change, and when that is due again."""

    signature: SignOff | None
    review: PageReview | None
    due_on: date | None

    @property
    def is_overdue(self):
        return self.due_on is not None and is_past(self.due_on)


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
    freeze_after_commit([monograph.pk])
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
    Standing.objects.move_due_days(monograph)
    freeze_after_commit([monograph.pk])
    LogEntry.objects.create(monograph=monograph, event=LogEntry.Event.INTERVAL, by=by, note=f"{before} → {months}")
