"""What waits for moderators, in one letter."""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monographs.people import people_who_may
from reviews.letters import Content
from reviews.mail import send
from reviews.models import Card

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Waiting:
    """The queue in numbers: how many cards in each place of its order, and since when the oldest waits."""

    count: int
    oldest: datetime | None
    by_place: dict

    @property
    def crisis(self):
        return self.by_place.get(Card.Place.CRISIS, 0)


def what_waits():
    """Return the Waiting of this moment."""
    places = {}
    oldest = []
    for place, count, since in Card.objects.order_by("place").values_list("place").annotate(Count("pk"), Min("since")):
        places[Card.Place(place)] = count
        oldest.append(since)
    return Waiting(sum(places.values()), min(oldest, default=None), places)


def send_digests():
    """Send what waits to every moderator with an address. Return how many letters went out."""
    waiting = what_waits()
    if not waiting.count:
        return 0
    content = digest(waiting)
    moderators = people_who_may("moderate_review", app="reviews").exclude(email="")
    return sum(_send(content, moderator) for moderator in moderators)


def digest(waiting):
    """Return the Content of the letter."""
    subject = ngettext("%(count)d review waits", "%(count)d reviews wait", waiting.count) % {"count": waiting.count}
    if waiting.crisis:
        subject = _("%(subject)s, %(crisis)d may speak of danger to life") % {
            "subject": subject,
            "crisis": waiting.crisis,
        }
    since = date_format(timezone.localtime(waiting.oldest), "DATETIME_FORMAT")
    content = Content(subject)
    content.say(_("The oldest has waited since %(since)s.") % {"since": since})
    content.facts(*[(place.label, count) for place, count in waiting.by_place.items()])
    return content.link(_("Open the queue"), reverse("admin:index") + "reviews/desk/")


def _send(content, moderator):
    try:
        send(content, moderator.email)
    except Exception as error:
        # The next digest tells the same. What the error says may name the address.
        logger.error("The digest for moderators was not sent: %s", type(error).__name__)
        return False
    return True
