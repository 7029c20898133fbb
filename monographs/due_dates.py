"""On which day a page is due for review: whole months after it was last signed, reviewed or published."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta

from django.utils import timezone

SOON = timedelta(days=60)


def is_past(day):
    """Whether a day on which something is due has come."""
    return day <= timezone.localdate()


def soon():
    """Return the last day of those that are due soon."""
    return timezone.localdate() + SOON


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
