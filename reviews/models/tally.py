"""Star counts: one row for each monograph, changed in the transaction that decides a review."""

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reviews.models.review import Review

STARS = (5, 4, 3, 2, 1)


@dataclass(frozen=True)
class Bar:
    """One line of the star distribution; `percent` is a whole number."""

    stars: int
    count: int
    percent: int


class TallyQuerySet(models.QuerySet):
    def of(self, monograph_id):
        """Return the tally of a monograph: its row, or one of zeros that is not stored."""
        return self.filter(monograph=monograph_id).first() or Tally(monograph_id=monograph_id)

    def add(self, review):
        """Count one more public review. Only inside the transaction that makes it public."""
        self._move(review, 1)

    def take(self, review):
        """Count one public review less. Only inside the transaction that takes it down."""
        self._move(review, -1)

    def differing_from_reviews(self):
        """Return the tallies that disagree with a recount of the approved reviews, missing ones as zeros."""
        tallies = {tally.pk: tally for tally in self.select_related("monograph")}
        recounted = {}
        rows = Review.objects.approved().order_by().values_list("monograph", "rating").annotate(models.Count("pk"))
        for monograph_id, rating, count in rows:
            tallies.setdefault(monograph_id, Tally(monograph_id=monograph_id))
            recounted.setdefault(monograph_id, {})[rating] = count
        return [
            tally
            for pk, tally in tallies.items()
            if any(tally.counted(stars) != recounted.get(pk, {}).get(stars, 0) for stars in STARS)
        ]

    def _move(self, review, step):
        # get_or_create makes the row in a savepoint and, if another transaction was first, waits for that one's row.
        tally, _created = self.select_for_update().get_or_create(monograph_id=review.monograph_id)
        field = f"stars_{review.rating}"
        setattr(tally, field, getattr(tally, field) + step)
        tally.revision += 1
        tally.save(update_fields=[field, "revision"])


class Tally(models.Model):
    """How many public reviews of a monograph have how many stars.

    `revision` rises with every change to what readers see of the reviews, and never falls.
    """

    monograph = models.OneToOneField("monographs.Monograph", models.CASCADE, primary_key=True, related_name="tally")
    stars_1 = models.PositiveIntegerField(_("1 star"), default=0)
    stars_2 = models.PositiveIntegerField(_("2 stars"), default=0)
    stars_3 = models.PositiveIntegerField(_("3 stars"), default=0)
    stars_4 = models.PositiveIntegerField(_("4 stars"), default=0)
    stars_5 = models.PositiveIntegerField(_("5 stars"), default=0)
    revision = models.PositiveBigIntegerField(_("revision"), default=0)

    objects = TallyQuerySet.as_manager()

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=models.Q(**{f"stars_{stars}__gte": 0}), name=f"tally_stars_{stars}_count")
            for stars in STARS
        ]

    def __str__(self):
        return f"{self.monograph}: {self.count}"

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
    def bars(self):
        """The distribution, five stars first."""
        count = self.count
        return [
            Bar(stars, self.counted(stars), round(100 * self.counted(stars) / count) if count else 0) for stars in STARS
        ]
