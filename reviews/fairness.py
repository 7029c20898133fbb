"""Are praise and complaint treated alike? Figures computed from the decisions, which are never changed."""

from dataclasses import dataclass
from datetime import timedelta
from math import erfc, exp, pi, sqrt

from django.core.cache import cache
from django.db.models import Count, DurationField, ExpressionWrapper, F, Max
from django.db.models.functions import Coalesce, ExtractQuarter, ExtractYear

from reviews.models import Decision, Review

FEWEST = 10
"""Groups with fewer decisions are not broken down: figures on so few say nothing, and could point to somebody."""

CHANCE = 0.01
"""A difference is called one when chance alone would bring it about less often than this."""

Z95 = 1.959964
"""Standard normal quantile of a two-sided interval of 95 %."""


@dataclass(frozen=True)
class Group:
    """Decisions of one kind: how many approved and refused, with the share approved and its 95 % interval."""

    name: str
    approved: int
    rejected: int

    @property
    def decided(self):
        return self.approved + self.rejected

    @property
    def is_enough(self):
        """Whether there are enough decisions to say a share."""
        return self.decided >= FEWEST

    @property
    def share(self):
        """The share approved, from 0 to 1."""
        return self.approved / self.decided

    @property
    def interval(self):
        """The Wilson score interval of the share (Wilson, J Am Stat Assoc 1927;22:209-212)."""
        n, p, z = self.decided, self.share, Z95
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True)
class Report:
    """Everything that the fairness page and its CSV show; times are timedeltas, None without decisions."""

    received: int
    waiting: int
    all: Group
    by_stars: list[Group]
    by_quarter: list[Group]
    reasons: list[tuple[str, int]]
    median_wait: timedelta | None
    long_wait: timedelta | None

    @property
    def difference(self):
        """Whether approval differs between star values beyond chance: True, False, or None with too few decisions."""
        return differs_beyond_chance(self.by_stars)


def report():
    """Return the Report as of now. Decided figures are kept until the next decision."""
    newest = Decision.objects.aggregate(newest=Max("pk"))["newest"] or 0
    decided = cache.get_or_set(f"fairness-{newest}", _decided, timeout=None)
    counts = dict(Review.objects.values_list("status").annotate(count=Count("pk")))
    counts.pop(Review.Status.UNCONFIRMED, None)
    return Report(received=sum(counts.values()), waiting=counts.get(Review.Status.PENDING, 0), **decided)


def _decided():
    by_stars = {stars: {} for stars in range(5, 0, -1)}
    for stars, verdict, count in Decision.objects.values_list("review__rating", "verdict").annotate(count=Count("pk")):
        by_stars[stars][verdict] = count
    quarters = {}
    rows = Decision.objects.annotate(year=ExtractYear("at"), quarter=ExtractQuarter("at"))
    for year, quarter, verdict, count in (
        rows.values_list("year", "quarter", "verdict").annotate(count=Count("pk")).order_by()
    ):
        quarters.setdefault((year, quarter), {})[verdict] = count
    star_groups = [_group(str(stars), verdicts) for stars, verdicts in by_stars.items()]
    reasons = (
        Decision.objects.rejections().values_list("reason").annotate(count=Count("pk")).order_by("-count", "reason")
    )
    median, long = _waits()
    return {
        "all": Group("", sum(group.approved for group in star_groups), sum(group.rejected for group in star_groups)),
        "by_stars": star_groups,
        "by_quarter": [_group(f"{year} Q{quarter}", quarters[year, quarter]) for year, quarter in sorted(quarters)],
        "reasons": [(str(Decision.Reason(code).label), count) for code, count in reasons],
        "median_wait": median,
        "long_wait": long,
    }


def _group(name, verdicts):
    return Group(name, verdicts.get(Decision.Verdict.APPROVED, 0), verdicts.get(Decision.Verdict.REJECTED, 0))


def _waits():
    """Return the median and the 90th percentile of the time from when a review could be decided to its decision."""
    since = Coalesce("review__confirmed_at", "review__submitted_at")
    waits = Decision.objects.annotate(wait=ExpressionWrapper(F("at") - since, output_field=DurationField()))
    waits = waits.order_by("wait").values_list("wait", flat=True)
    count = Decision.objects.count()
    if count < FEWEST:
        return None, None
    return waits[(count - 1) // 2], waits[-(-count * 9 // 10) - 1]


def differs_beyond_chance(groups):
    """Test whether the share approved is the same in all groups, by Pearson's chi-squared.

    Return True when chance alone explains the difference in less than CHANCE of cases, False otherwise, and None when
    fewer than two groups have an expected count of five in each cell, for which the test is made.
    """
    groups = [group for group in groups if group.is_enough]
    decided = sum(group.decided for group in groups)
    approved = sum(group.approved for group in groups)
    if decided == 0 or approved in (0, decided):
        return False if len(groups) > 1 else None
    share = approved / decided
    groups = [group for group in groups if group.decided * min(share, 1 - share) >= 5]
    if len(groups) < 2:
        return None
    share = sum(group.approved for group in groups) / sum(group.decided for group in groups)
    if share in (0, 1):
        return False
    statistic = sum(
        (group.approved - group.decided * share) ** 2 / (group.decided * share * (1 - share)) for group in groups
    )
    return chi_squared_tail(statistic, len(groups) - 1) < CHANCE


def chi_squared_tail(x, freedom):
    """Return the probability that chi-squared with 1 to 4 degrees of freedom exceeds x."""
    half = x / 2
    match freedom:
        case 1:
            return erfc(sqrt(half))
        case 2:
            return exp(-half)
        case 3:
            return erfc(sqrt(half)) + sqrt(2 * x / pi) * exp(-half)
        case 4:
            return exp(-half) * (1 + half)
    raise ValueError(f"{freedom} degrees of freedom; five star values have at most 4")
