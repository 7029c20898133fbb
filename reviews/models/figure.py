"""Prepared counts for the fairness page: moved in the transaction of what they count, so that the page costs the same
with a hundred decisions and with a million.
"""

from math import ceil, exp, log

from django.db import models
from django.db.models import Count, F, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.models.decision import Decision

WAIT_STEP = log(1.05)
"""Waiting times are counted in classes, each five per cent longer than the one before."""


def class_of_wait(wait):
    """Return the number of the class that a waiting time, a timedelta, falls into."""
    minutes = max(1.0, wait.total_seconds() / 60)
    return ceil(log(minutes) / WAIT_STEP)


def longest_of_class(number):
    """Return the longest waiting time of a class, in minutes."""
    return exp(number * WAIT_STEP)


class FigureQuerySet(models.QuerySet):
    def move(self, kind, *, name="", stars=0, at=None, step=1):
        """Count something that happened at a time, or no longer. Only inside the transaction in which it happens."""
        figure, _created = self.get_or_create(
            quarter=quarter_of(at or timezone.now()), kind=kind, name=name, stars=stars
        )
        self.filter(pk=figure.pk).update(count=F("count") + step, moves=F("moves") + 1)

    def move_decision(self, decision, step=1):
        """Count a decision, or one that was taken back no longer."""
        # In one order, so that no two decisions ever wait each for the other.
        for kind, name, stars in sorted(figures_of(decision)):
            self.move(kind, name=name, stars=stars, at=decision.at, step=step)

    def stamp(self):
        """Return what is another value after each change of the counts, also after one up and another down."""
        sums = self.aggregate(Sum("moves", default=0), Sum("count", default=0), Count("pk"))
        return "-".join(str(number) for _name, number in sorted(sums.items()))

    def differing_from_decisions(self):
        """Return (quarter, kind, name) of each count that disagrees with a recount of the decisions that stand."""
        recounted = {}
        for decision in Decision.objects.standing().iterator(chunk_size=2000):
            for place in figures_of(decision):
                key = quarter_of(decision.at), *place
                recounted[key] = recounted.get(key, 0) + 1
        counted = self.filter(~Q(count=0), kind__in=[*Decision.Cause, *Figure.OF_DECISIONS])
        stored = {tuple(row[:4]): row[4] for row in counted.values_list("quarter", "kind", "name", "stars", "count")}
        return sorted({place[:3] for place, _count in stored.items() ^ recounted.items()})

    move.alters_data = move_decision.alters_data = True


class Figure(models.Model):
    """How often something happened in one quarter of a year."""

    class Kind(models.TextChoices):
        """The first three are the causes of decisions; their names are "approved" or the reason of a refusal."""

        WORDING = "wording", _("decided about a wording")
        FLAGS = "flags", _("decided about flags")
        APPEAL = "appeal", _("decided about an appeal")
        WAITED = "waited", _("class of the waiting time")
        CAUGHT = "caught", _("a rule had fired, and the wording was refused")
        PASSED = "passed", _("a rule had fired, and the wording was approved")
        RECEIVED = "received", _("reviews received")
        FLAGGED = "flagged", _("reports received")
        APPEALED = "appealed", _("appeals received")

    OF_DECISIONS = (Kind.WAITED, Kind.CAUGHT, Kind.PASSED)
    """Kinds beside the causes that follow from a decision; the names of the last two are those of rules."""

    quarter = models.CharField(_("quarter"), max_length=7, help_text=_("Such as “2026 Q4”, by UTC."))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name = models.CharField(_("name"), max_length=30, blank=True)
    stars = models.PositiveSmallIntegerField(_("stars"), default=0)
    count = models.PositiveIntegerField(_("count"), default=0)
    moves = models.PositiveIntegerField(
        _("moves"), default=0, db_default=0, help_text=_("How often the count was moved.")
    )

    objects = FigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["quarter", "kind", "name", "stars"], name="figure_once")]
        indexes = [models.Index(fields=["kind"], name="figure_of_kind")]

    def __str__(self):
        return f"{self.quarter}: {self.get_kind_display()}"


def quarter_of(at):
    """Return the quarter of a time as it is stored: "2026 Q4"."""
    return f"{at.year} Q{(at.month + 2) // 3}"


def figures_of(decision):
    """Yield (kind, name, stars) of each count that a decision moves."""
    yield decision.cause, decision.reason or decision.verdict, decision.stars
    if decision.cause == Decision.Cause.WORDING:
        yield Figure.Kind.WAITED, str(class_of_wait(decision.at - decision.since)), 0
        is_refused = decision.verdict == Decision.Verdict.REJECTED
        for rule in decision.found:
            yield Figure.Kind.CAUGHT if is_refused else Figure.Kind.PASSED, rule, 0
