"""Star counts: one row for each monograph, changed in the transaction that decides a review."""

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from reviews.models.group_tally import GroupTally
from reviews.models.review import Review
from reviews.models.star_counts import STARS, StarCounts


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

    def touch(self, monograph_id):
        """Note that readers see something else of the reviews than before, though no star has moved."""
        self.filter(monograph=monograph_id).update(revision=F("revision") + 1)

    def differing_from_reviews(self):
        """Return the tallies that disagree with a recount of the approved reviews, missing ones as zeros."""
        shown = ("monograph__title", *(f"stars_{stars}" for stars in STARS))
        tallies = {tally.pk: tally for tally in self.select_related("monograph").only(*shown)}
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
        GroupTally.objects.move(review, step)

    touch.alters_data = True


class Tally(StarCounts):
    """How many public reviews of a monograph have how many stars.

    `revision` rises with every change to what readers see of the reviews, and never falls.
    """

    monograph = models.OneToOneField("monographs.Monograph", models.CASCADE, primary_key=True, related_name="tally")
    revision = models.PositiveBigIntegerField(_("revision"), default=0)

    objects = TallyQuerySet.as_manager()

    class Meta(StarCounts.Meta):
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        default_permissions = ()

    def __str__(self):
        return f"{self.monograph}: {self.count}"
