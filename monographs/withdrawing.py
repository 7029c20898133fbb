"""Taking an edition back."""

from django.db import transaction

from monographs.derived import refresh
from monographs.models import Edition, LogEntry, Monograph, Withdrawal
from monographs.publishing import take_stock


@transaction.atomic
def withdraw(edition, *, by, reason):
    """Do what `Edition.withdraw` says."""
    if not reason.strip():
        raise ValueError("A withdrawal needs a reason: readers see it in place of the text.")
    # The monograph, as publishing does: what is in force follows from all of its editions together.
    monograph = Monograph.objects.select_for_update().get(pk=edition.monograph_id)
    locked = Edition.objects.get(pk=edition.pk)
    if earlier := Withdrawal.objects.filter(edition=locked).first():
        raise Edition.AlreadyWithdrawn(earlier)
    withdrawal = Withdrawal.objects.create(edition=locked, by=by, reason=reason.strip())
    refresh([locked.monograph_id])
    event = LogEntry.Event.CANCELLED if withdrawal.is_cancellation else LogEntry.Event.WITHDRAWN
    LogEntry.objects.create(monograph=monograph, event=event, by=by, edition=locked, note=withdrawal.reason)
    take_stock(monograph)
    edition.withdrawal = withdrawal
    return withdrawal
