"""Template tags for the admin's front page: what waits for moderators."""

from dataclasses import dataclass
from datetime import datetime

from django import template
from django.db.models import Subquery

from reviews.admin.desk.queue import COUNTED_TO
from reviews.models import Card

register = template.Library()


@dataclass(frozen=True)
class Waiting:
    """How much waits, at least; how much of it may be urgent; and since when the oldest does."""

    count: int
    crisis: int
    is_more: bool
    oldest: datetime | None


@register.simple_tag
def waiting_reviews():
    """Return the queue as a Waiting, at the same cost however long it is."""
    places = list(Card.objects.in_order().values_list("place", flat=True)[: COUNTED_TO + 1])
    front = [Card.objects.filter(place=place).order_by("since").values("since")[:1] for place in Card.Place]
    times = Card.objects.order_by("pk").values_list(*map(Subquery, front)).first() or ()
    return Waiting(
        count=min(len(places), COUNTED_TO),
        crisis=min(places.count(Card.Place.CRISIS), COUNTED_TO),
        is_more=len(places) > COUNTED_TO,
        oldest=min(filter(None, times), default=None),
    )
