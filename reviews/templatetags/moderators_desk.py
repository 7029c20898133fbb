"""Template tags for the admin's front page: what waits for moderators."""

from django import template
from django.db.models import Count, Min

from reviews.models import Card

register = template.Library()


@register.simple_tag
def waiting_cards():
    """Return how many reviews need a moderator (`count`), and since when the oldest does (`since`)."""
    return Card.objects.aggregate(count=Count("pk"), since=Min("since"))
