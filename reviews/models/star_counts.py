"""How many reviews have how many stars, and what can be said from that."""

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

STARS = (5, 4, 3, 2, 1)


@dataclass(frozen=True)
class Bar:
    """One line of the star distribution; `percent` is a whole number."""

    stars: int
    count: int
    percent: int

    @property
    def words(self):
        """How many stars, in words."""
        return ngettext("%(stars)s star", "%(stars)s stars", self.stars) % {"stars": self.stars}


class StarCounts(models.Model):
    """Five counts, one for each star value."""

    stars_1 = models.PositiveIntegerField(_("1 star"), default=0)
    stars_2 = models.PositiveIntegerField(_("2 stars"), default=0)
    stars_3 = models.PositiveIntegerField(_("3 stars"), default=0)
    stars_4 = models.PositiveIntegerField(_("4 stars"), default=0)
    stars_5 = models.PositiveIntegerField(_("5 stars"), default=0)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(**{f"stars_{stars}__gte": 0}), name=f"%(class)s_stars_{stars}_count")
            for stars in STARS
        ]

    def counted(self, stars):
        """Return how many public reviews have this many stars."""
        return getattr(self, f"stars_{stars}")

    @property
    def count(self):
        """How many public reviews there are."""
        return sum(self.counted(stars) for stars in STARS)

    @property
    def average(self):
        """The mean rating, or None while there are fewer than REVIEWS_MINIMUM_FOR_AVERAGE reviews."""
        count = self.count
        if count < settings.REVIEWS_MINIMUM_FOR_AVERAGE:
            return None
        return sum(stars * self.counted(stars) for stars in STARS) / count

    @property
    def middle_half(self):
        """Between which stars the middle half of the ratings lies: (first quartile, third quartile).

        A quartile is the rating at or below which a quarter, or three quarters, of the ratings are.
        """
        return self._rating_at(0.25), self._rating_at(0.75)

    def _rating_at(self, share):
        below, count = 0, self.count
        for stars in reversed(STARS):
            below += self.counted(stars)
            if below >= share * count:
                return stars
        return STARS[0]

    @property
    def bars(self):
        """The distribution, five stars first."""
        count = self.count
        return [
            Bar(stars, self.counted(stars), round(100 * self.counted(stars) / count) if count else 0) for stars in STARS
        ]
