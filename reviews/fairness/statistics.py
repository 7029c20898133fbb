"""Shares, their intervals, whether they differ beyond chance, and when they are too small to be told."""

from dataclasses import dataclass, replace
from math import erfc, exp, pi, sqrt

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
    is_hidden: bool = False

    @property
    def decided(self):
        return self.approved + self.rejected

    @property
    def is_enough(self):
        """Whether there are enough decisions to say a share, and no other group would be given away by it."""
        return self.decided >= FEWEST and not self.is_hidden

    @property
    def share(self):
        """The share approved, from 0 to 1."""
        return self.approved / self.decided

    @property
    def refused_share(self):
        """The share refused, from 0 to 1."""
        return self.rejected / self.decided

    @property
    def interval(self):
        """The Wilson score interval of the share (Wilson, J Am Stat Assoc 1927;22:209-212)."""
        n, p, z = self.decided, self.share, Z95
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return max(0.0, middle - half), min(1.0, middle + half)


def protect(groups):
    """Return the groups with those hidden that are too small to be broken down.

    When that hides exactly one, the smallest of the others is hidden too: the total would give the hidden one away.
    """
    hidden = {place for place, group in enumerate(groups) if 0 < group.decided < FEWEST}
    others = [place for place, group in enumerate(groups) if group.decided >= FEWEST]
    if len(hidden) == 1 and others:
        hidden.add(min(others, key=lambda place: groups[place].decided))
    return [replace(group, is_hidden=place in hidden) for place, group in enumerate(groups)]


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
