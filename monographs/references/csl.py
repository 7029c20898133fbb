"""CSL-JSON, which Zotero, Mendeley and doi.org give; and what Crossref answers, which is close to it."""

import json
import re

from django.utils.translation import gettext as _

from monographs.references.names import name_of
from monographs.references.record import Record, volume_of, year_in


def is_json(text):
    """Whether a text can only be meant as JSON."""
    return bool(re.match(r"\s*(?:\[\s*)?\{", text))


def read_csl(text):
    """Return (Records, sentences about what cannot be read)."""
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        sentence = _("The JSON cannot be read from line %(line)d on. Copy the whole record and paste it again.")
        return [], [sentence % {"line": error.lineno}]
    except (ValueError, RecursionError):
        return [], [_("This JSON cannot be read. Copy the whole record and paste it again.")]
    return [_record(item) for item in _items(data)], []


def _items(data):
    if isinstance(data, dict):
        for key in ("message", "items"):
            if isinstance(data.get(key), dict | list):
                return _items(data[key])
        return [data]
    return [item for item in data if isinstance(item, dict)] if isinstance(data, list) else []


def _record(item):
    return Record(
        authors=[_name(author) for author in _list(item.get("author")) or _list(item.get("editor"))],
        year=_year(item),
        title=_text(item, "title"),
        source=_text(item, "container-title", "publisher", "event-title"),
        volume=volume_of(_text(item, "volume"), _text(item, "issue"), _text(item, "page", "article-number")),
        doi=_text(item, "DOI"),
        pmid=_text(item, "PMID"),
        url=_text(item, "URL"),
        named=_text(item, "title", "id", "DOI"),
    )


def _list(value):
    return value if isinstance(value, list) else []


def _text(item, *keys):
    """Return the first of these values that is text, also where it is a number or a list of texts."""
    for key in keys:
        value = item.get(key)
        if isinstance(value, list):
            value = next(iter(value), "")
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value)[:5000].strip():
            return str(value)[:5000]
    return ""


def _name(author):
    if not isinstance(author, dict):
        return ""
    if family := _text(author, "family"):
        particle = _text(author, "non-dropping-particle", "dropping-particle")
        return name_of(f"{particle} {family}".strip(), _text(author, "given"), _text(author, "suffix"))
    return _text(author, "literal", "name", "given")


def _year(item):
    for key in ("issued", "published", "published-print", "published-online"):
        date = item.get(key)
        if isinstance(date, dict):
            parts = _list(date.get("date-parts"))
            year = year_in(" ".join(map(str, _list(parts[0])[:1])) if parts else "")
            if found := year or year_in(_text(date, "raw", "literal")):
                return found
    return year_in(_text(item, "year"))
