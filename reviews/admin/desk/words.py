"""Sentences that the desk says in more than one place."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from monographs.people import name_of


def held_in_words(card):
    """Return who is looking at a review, and since when."""
    since = date_format(timezone.localtime(card.claimed_since), "H:i") if card.claimed_since else "–"
    return _("%(name)s is looking at this review, since %(time)s.") % {"name": name_of(card.claimed_by), "time": since}
