"""Pages of a long list that cost the same wherever they are: each begins after the last review of the one before."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

PER_PAGE = 20
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CURSOR = re.compile(r"(?:(\d{1,9})-)?(\d{1,18})-(\d{1,18})", re.ASCII)


class Order(TextChoices):
    """The orders in which readers may see reviews; within each, the newest come first."""

    NEWEST = "newest", _("Newest first")
    HELPFUL = "helpful", _("Most helpful first")
    HIGHEST = "highest", _("Most stars first")
    LOWEST = "lowest", _("Fewest stars first")

    @property
    def lead(self):
        """The field that comes before the time, with a minus when it falls, or ""."""
        return {"helpful": "-helpful_count", "highest": "-rating", "lowest": "rating"}.get(self.value, "")

    def among(self, stars):
        """Return the order in which reviews come that all have so many stars, if any number is given."""
        return Order.NEWEST if stars and self in (Order.HIGHEST, Order.LOWEST) else self


@dataclass(frozen=True)
class Page:
    """The reviews of one page, and the cursor with which the next begins, or ""."""

    reviews: list
    next_cursor: str


def page_of(reviews, cursor="", order=Order.NEWEST):
    """Return the Page that begins after `cursor`, or the first. Raises ValueError for a cursor that was made up."""
    lead = order.lead
    parts = _after(reviews, lead, *_place(cursor, has_lead=bool(lead))) if cursor else [reviews]
    ordering = [lead] if lead else []
    found = []
    for part in parts:
        found += part.order_by(*ordering, "-submitted_at", "-pk")[: PER_PAGE + 1 - len(found)]
    shown = found[:PER_PAGE]
    return Page(shown, cursor_after(shown[-1], lead) if len(found) > PER_PAGE else "")


def _after(reviews, lead, value, submitted_at, pk):
    """Return what comes after a place, in parts that are one range of an index each."""
    if not lead:
        return [reviews.older_than(submitted_at, pk)]
    name, beyond = lead.lstrip("-"), "lt" if lead.startswith("-") else "gt"
    same = reviews.filter(**{name: value}).older_than(submitted_at, pk)
    return [same, reviews.filter(**{f"{name}__{beyond}": value})]


def cursor_after(review, lead):
    """Return the cursor of the page that begins after a review, in the order that `lead` begins."""
    place = f"{(review.submitted_at - _EPOCH) // timedelta(microseconds=1)}-{review.pk}"
    return f"{getattr(review, lead.lstrip('-'))}-{place}" if lead else place


def _place(cursor, *, has_lead):
    match = _CURSOR.fullmatch(cursor)
    if not match or bool(match[1]) != has_lead:
        raise ValueError(cursor)
    try:
        return int(match[1] or 0), _EPOCH + timedelta(microseconds=int(match[2])), int(match[3])
    except OverflowError as error:
        raise ValueError(cursor) from error
