"""The first rows of a list that may be long."""

from dataclasses import dataclass

MOST = 8


@dataclass(frozen=True)
class Few:
    """Some rows, and whether there are more."""

    rows: list
    has_more: bool

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)


def first_of(queryset, most=MOST):
    """Return the Few of a query."""
    rows = list(queryset[: most + 1])
    return Few(rows[:most], len(rows) > most)
