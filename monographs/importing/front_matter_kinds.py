"""The kinds of values in front matter, each with the words that tell a person how to write it."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from monographs.rendering import UNSEEN

LARGEST_NUMBER = 1_000_000


@dataclass(frozen=True)
class Kind:
    """One kind of value: the words for it, whether a value is of it, and how spaces at its ends are taken off."""

    words: str | Promise
    holds: Callable[[Any], bool]
    trimmed: Callable[[Any], Any] = lambda value: value


def _is_long_text(value):
    return isinstance(value, str) and not UNSEEN.search(value)


def _is_text(value):
    return _is_long_text(value) and len(value.splitlines()) <= 1


def _are_texts(value):
    return isinstance(value, list) and all(_is_text(item) and item.strip() for item in value)


def _are_tables(value):
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


TEXT = Kind(_("text between quotes, on one line"), _is_text, str.strip)
LONG_TEXT = Kind(_("text between quotes, without control characters"), _is_long_text, str.strip)
TEXTS = Kind(
    _('a list of texts, such as ["one", "two"], none of them empty'),
    _are_texts,
    lambda value: [item.strip() for item in value],
)
# Not `isinstance`: true and false are no numbers, and a time is no date.
NUMBER = Kind(_("a whole number, without quotes"), lambda value: type(value) is int and abs(value) < LARGEST_NUMBER)
DATE = Kind(_("a date without quotes, such as 2026-05-31"), lambda value: type(value) is datetime.date)
TABLE = Kind(_("a table with a heading of its own in [brackets]"), lambda value: isinstance(value, dict))
TABLES = Kind(_("tables, each under a heading in [[double brackets]]"), _are_tables)
