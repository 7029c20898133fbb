"""Template tags for the admin's front page: what waits for moderators."""

from dataclasses import dataclass
from datetime import datetime

from django import template

from reviews.admin.desk.queue import COUNTED_TO
from reviews.models import Card

register = template.Library()


@dataclass(frozen=True)
class Waiting:
    """How much waits, at least; how much of it may be urgent; and since when the oldest does."""

    count: int
    crisis: int
    oldest: datetime | None
    is_more: bool


@register.simple_tag
def waiting_reviews():
    """Return the queue as a Waiting, at the same cost however long it is."""
    rows = {place: Card.objects.filter(place=place).order_by("since") for place in Card.Place}
    since = {place: list(cards.values_list("since", flat=True)[: COUNTED_TO + 1]) for place, cards in rows.items()}
    return Waiting(
        count=sum(min(len(times), COUNTED_TO) for times in since.values()),
        crisis=min(len(since[Card.Place.CRISIS]), COUNTED_TO),
        oldest=min((times[0] for times in since.values() if times), default=None),
        is_more=any(len(times) > COUNTED_TO for times in since.values()),
    )
