"""Pages of a long list that cost the same wherever they are: each begins after the last review of the one before."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

PER_PAGE = 20
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CURSOR = re.compile(r"(\d{1,18})-(\d{1,18})", re.ASCII)


@dataclass(frozen=True)
class Page:
    """The reviews of one page, and the cursor with which the next begins, or ""."""

    reviews: list
    next_cursor: str


def page_of(reviews, cursor=""):
    """Return the Page that begins after `cursor`, or the first. Raises ValueError for a cursor that was made up."""
    if cursor:
        reviews = reviews.older_than(*_place(cursor))
    found = list(reviews.newest()[: PER_PAGE + 1])
    shown = found[:PER_PAGE]
    return Page(shown, _cursor(shown[-1]) if len(found) > PER_PAGE else "")


def _cursor(review):
    return f"{(review.submitted_at - _EPOCH) // timedelta(microseconds=1)}-{review.pk}"


def _place(cursor):
    match = _CURSOR.fullmatch(cursor)
    if not match:
        raise ValueError(cursor)
    try:
        return _EPOCH + timedelta(microseconds=int(match[1])), int(match[2])
    except OverflowError as error:
        raise ValueError(cursor) from error
