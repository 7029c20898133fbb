"""A monograph with hundreds of editions, made in bulk."""

from datetime import timedelta

from django.utils import timezone

from monographs.derived import refresh
from monographs.models import Edition, Standing, Withdrawal
from tests.factories import make_published


def make_long_history(count, *, body="Some text.", **kwargs):
    """Publish `count` editions, an hour apart, the newest an hour ago; all but the first are minor."""
    began = timezone.now() - timedelta(hours=count)
    monograph = make_published(public_from=began, body=body, **kwargs)
    first = monograph.editions.get()
    same = {field.attname: getattr(first, field.attname) for field in Edition._meta.concrete_fields}
    numbered = [
        {"pk": None, "number": number, "public_from": began + timedelta(hours=number - 1), "is_substantive": False}
        for number in range(2, count + 1)
    ]
    same.pop("id")
    Edition.objects.bulk_create(Edition(**{**same, "note": f"Note {each['number']}."} | each) for each in numbered)
    refresh([monograph])
    others = monograph.editions.exclude(pk=first.pk)
    Standing.objects.bulk_create(Standing(edition=each, due_on=first.standing.due_on) for each in others)
    return monograph


def withdraw(monograph, *numbers, before_its_time=False):
    """Withdraw public editions, or have cancelled them."""
    for edition in monograph.editions.filter(number__in=numbers):
        at = edition.public_from - timedelta(minutes=1) if before_its_time else timezone.now()
        Withdrawal.objects.create(edition=edition, at=at, reason="It was wrong.")
    refresh([monograph])
