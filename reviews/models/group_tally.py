"""Star counts of groups: who writes, what the medicine was taken for, and in which form."""

from django.conf import settings
from django.db import models
from django.db.models import Count, F
from django.utils.translation import gettext_lazy as _

from monographs.models import Monograph
from reviews.models.review import Review
from reviews.models.star_counts import STARS, StarCounts

AT_ONCE = 200
"""Monographs whose groups are recounted at a time."""

MOST_GROUPS = 60
"""Groups of one monograph that readers can choose from, largest first: what people type has no end."""


class GroupTallyQuerySet(models.QuerySet):
    def largest(self, monograph_id):
        """The groups of a monograph with the most reviews, in one query that costs the same however many there are."""
        return self.filter(monograph=monograph_id).order_by("-total", "pk")[:MOST_GROUPS]

    def move(self, review, step):
        """Count a review in its groups, or no longer. Only while the tally of its monograph is locked."""
        for kind, key in review.groups.items():
            group, _created = self.get_or_create(monograph_id=review.monograph_id, kind=kind, key=key)
            if group.total + step == 0:
                group.delete()
            else:
                field = f"stars_{review.rating}"
                changes = {name: F(name) + step for name in (field, "total")}
                self.filter(pk=group.pk).update(**changes)

    def differing_from_reviews(self):
        """Yield (monograph, kind, key) of each group that disagrees with a recount of the approved reviews."""
        last = 0
        while monographs := list(
            Monograph.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]
        ):
            last = monographs[-1]
            # Each by name: asked for what lies between two, SQLite would read all approved reviews each time.
            these = {"monograph__in": monographs}
            stored = {
                (group.monograph_id, group.kind, group.key, stars): group.counted(stars)
                for group in self.filter(**these)
                for stars in STARS
                if group.counted(stars)
            }
            recounted = {}
            for kind, field in Review.GROUPED_BY.items():
                rows = Review.objects.approved().filter(**these).exclude(**{field: ""}).order_by()
                for place, key, stars, count in rows.values_list("monograph", field, "rating").annotate(Count("pk")):
                    recounted[place, kind, key, stars] = count
            yield from sorted({place[:3] for place, _count in stored.items() ^ recounted.items()})

    move.alters_data = True


class GroupTally(StarCounts):
    """How many public reviews of one group have how many stars."""

    class Kind(models.TextChoices):
        PERSPECTIVE = "perspective", _("Written from")
        REASON = "reason", _("Taken for")
        FORM = "form", _("Form taken")

    monograph = models.ForeignKey("monographs.Monograph", models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    key = models.CharField(_("group"), max_length=100)
    total = models.PositiveIntegerField(_("reviews"), default=0)

    objects = GroupTallyQuerySet.as_manager()

    class Meta(StarCounts.Meta):
        verbose_name = _("tally of a group")
        verbose_name_plural = _("tallies of groups")
        default_permissions = ()
        constraints = [
            *StarCounts.Meta.constraints,
            models.UniqueConstraint(fields=["monograph", "kind", "key"], name="group_tally_once"),
        ]
        indexes = [models.Index(fields=["monograph", "-total", "id"], name="group_tally_largest")]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.name}"

    @property
    def name(self):
        """The group in readers' words."""
        if self.kind == self.Kind.PERSPECTIVE:
            return Review.Perspective(self.key).label
        return self.key[:1].upper() + self.key[1:]

    @property
    def is_enough(self):
        """Whether there are enough reviews to say an average."""
        return self.total >= settings.REVIEWS_MINIMUM_FOR_AVERAGE
