"""The kinds of values in front matter and in JSON, each with the words that tell a person how to write it."""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from monographs.rendering import UNSEEN

MAX_SHOWN = 60
LARGEST_NUMBER = 1_000_000
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""What no database keeps: NUL, and halves of characters."""


def shown(text):
    """Return a text from a file as it can be printed in a sentence."""
    text = UNSEEN.sub("\ufffd", UNSTORABLE.sub("\ufffd", " ".join(text.split())))
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"


@dataclass(frozen=True)
class Kind:
    """One kind of value: the words for it, whether a value is of it, and what is kept of a value that is."""

    words: str | Promise
    holds: Callable[[Any], bool]
    kept: Callable[[Any], Any] = lambda value: value


def _is_storable(value):
    return isinstance(value, str) and not UNSTORABLE.search(value)


def _is_long_text(value):
    return _is_storable(value) and not UNSEEN.search(value)


def _is_text(value):
    return _is_long_text(value) and len(value.splitlines()) <= 1


def _is_filled(value):
    return isinstance(value, str) and bool(value.strip())


def _are_tables(value):
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _list_of(holds):
    return lambda value: isinstance(value, list) and all(holds(item) and _is_filled(item) for item in value)


def _date_from(value):
    try:
        return datetime.date.fromisoformat(value) if re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII) else None
    except ValueError:
        return None


TEXT = Kind(_("text between quotes, on one line"), _is_text, str.strip)
LONG_TEXT = Kind(_("text between quotes, without control characters"), _is_long_text, str.strip)
BODY = Kind(LONG_TEXT.words, _is_long_text)
EXACT_TEXT = Kind(_("text between quotes, without NUL"), _is_storable)
TEXTS = Kind(
    _('a list of texts, such as ["one", "two"], none of them empty'),
    _list_of(_is_text),
    lambda value: [item.strip() for item in value],
)
EXACT_TEXTS = Kind(TEXTS.words, _list_of(_is_storable))
TOPICS = Kind(
    _('a list of texts, such as ["one", "two"], or of tables with a name and a slug'),
    lambda value: isinstance(value, list) and all(isinstance(item, dict) or _is_filled(item) for item in value),
    lambda value: [{"name": item} if isinstance(item, str) else item for item in value],
)
# Not `isinstance`: true and false are no numbers, and a time is no date.
NUMBER = Kind(_("a whole number, without quotes"), lambda value: type(value) is int and abs(value) < LARGEST_NUMBER)
SWITCH = Kind(_("true or false, without quotes"), lambda value: type(value) is bool)
DATE = Kind(_("a date without quotes, such as 2026-05-31"), lambda value: type(value) is datetime.date)
DATE_TEXT = Kind(
    _("a date between quotes, such as “2026-05-31”"),
    lambda value: isinstance(value, str) and _date_from(value) is not None,
    _date_from,
)
TABLE = Kind(_("a table with a heading of its own in [brackets]"), lambda value: isinstance(value, dict))
TABLES = Kind(_("tables, each under a heading in [[double brackets]]"), _are_tables)
OBJECT = Kind(_("an object with values by name"), TABLE.holds)
OBJECTS = Kind(_("a list of objects"), _are_tables)
