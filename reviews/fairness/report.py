"""Are praise and complaint treated alike? The fairness page, from counts that move with each decision."""

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache

from django.db.models import Sum
from django.utils.translation import get_language

from reviews.fairness.statistics import FEWEST, Group, differs_beyond_chance, protect
from reviews.models import Card, Decision, Figure
from reviews.models.figure import longest_of_class

KIND = Figure.Kind
FIELDS = ("quarter", "kind", "name", "stars", "count")
APPROVED = Decision.Verdict.APPROVED

WAITING_AT_MOST = 1_000
"""Reviews that wait are counted up to here: each one counted costs something."""


@dataclass(frozen=True)
class Quarter:
    """One quarter: what came in, and what was decided. Times are timedeltas, None with too few decisions."""

    name: str
    received: int
    wordings: Group
    appeals: Group
    flags: Group
    median_wait: timedelta | None
    long_wait: timedelta | None


@dataclass(frozen=True)
class Report:
    """Everything that the fairness page and its CSV show. Approved means public, after an appeal or flags too."""

    received: int
    waiting: int
    flagged: int
    appealed: int
    all: Group
    by_stars: list[Group]
    by_quarter: list[Quarter]
    reasons: list[tuple[str, int]]
    appeals: Group
    flags: Group
    median_wait: timedelta | None
    long_wait: timedelta | None

    @property
    def many_wait(self):
        """Whether at least as many wait as are counted."""
        return self.waiting == WAITING_AT_MOST

    @property
    def difference(self):
        """Whether approval differs between star values beyond chance: True, False, or None with too few decisions."""
        return differs_beyond_chance(self.by_stars)


def report():
    """Return the Report as of now. Costs the same however many decisions there are."""
    counted = counted_at(Figure.objects.stamp(), get_language())
    return replace(counted, waiting=Card.objects.order_by()[:WAITING_AT_MOST].count())


@lru_cache(maxsize=4)
def counted_at(stamp, language):
    """Return the Report of the figures that have this stamp, in a language, without what waits; worked out once."""
    rows = list(Figure.objects.exclude(count=0).values_list(*FIELDS, named=True))
    wordings = [row for row in rows if row.kind == KIND.WORDING]
    by_stars = [_group(str(stars), [row for row in wordings if row.stars == stars]) for stars in range(5, 0, -1)]
    reasons = {}
    for row in wordings:
        if row.name != APPROVED:
            reasons[row.name] = reasons.get(row.name, 0) + row.count
    ordered = sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))
    median, long = _waits(rows)
    return Report(
        received=_total(rows, KIND.RECEIVED),
        waiting=0,
        flagged=_total(rows, KIND.FLAGGED),
        appealed=_total(rows, KIND.APPEALED),
        all=_group("", wordings),
        by_stars=protect(by_stars),
        by_quarter=_quarters(rows),
        reasons=[(str(Decision.Reason(code).label), count) for code, count in ordered],
        appeals=_group("", [row for row in rows if row.kind == KIND.APPEAL]),
        flags=_group("", [row for row in rows if row.kind == KIND.FLAGS]),
        median_wait=median,
        long_wait=long,
    )


def _quarters(rows):
    names = sorted({row.quarter for row in rows})
    of_quarter = {name: [row for row in rows if row.quarter == name] for name in names}
    decided = protect([_group(name, [row for row in of_quarter[name] if row.kind == KIND.WORDING]) for name in names])
    quarters = []
    for name, wordings in zip(names, decided, strict=True):
        inside = of_quarter[name]
        quarters.append(
            Quarter(
                name,
                _total(inside, KIND.RECEIVED),
                wordings,
                _group(name, [row for row in inside if row.kind == KIND.APPEAL]),
                _group(name, [row for row in inside if row.kind == KIND.FLAGS]),
                *_waits(inside),
            )
        )
    return quarters


def _total(rows, kind):
    return sum(row.count for row in rows if row.kind == kind)


def _group(name, rows):
    approved = sum(row.count for row in rows if row.name == APPROVED)
    return Group(name, approved, sum(row.count for row in rows) - approved)


def usual_wait():
    """Return the time within which half of all wordings were decided, or None with too few decisions."""
    waited = Figure.objects.filter(kind=KIND.WAITED).order_by()
    return _shares({int(name): count for name, count in waited.values_list("name").annotate(Sum("count"))})[0]


def _waits(rows):
    classes = {}
    for row in rows:
        if row.kind == KIND.WAITED:
            classes[int(row.name)] = classes.get(int(row.name), 0) + row.count
    return _shares(classes)


def _shares(classes):
    """Return the times within which half, and nine in ten, of the wordings were decided; each at most 5 % too long."""
    count = sum(classes.values())
    if count < FEWEST:
        return None, None
    return tuple(timedelta(minutes=longest_of_class(_class_at(classes, share * count))) for share in (0.5, 0.9))


def _class_at(classes, enough):
    reached = 0
    for number in sorted(classes):
        reached += classes[number]
        if reached >= enough:
            return number
    raise ValueError("no waiting times")
