"""The JSON forms: a monograph as export_monographs writes it, and drug labels as openFDA serves them.

    {"format": "monograph", "version": 1, "slug": "ketamine", "title": "Ketamine", …}

The first holds the names that stated_keys.py lists; texts in it are exact. The second is {"results": [label, …]}, or
one label by itself.
"""

import json
import re

from django.utils.translation import gettext as _

from monographs.importing.document import Document, ImportProblem, SectionText
from monographs.importing.labels import is_openfda, parse_openfda
from monographs.importing.stated import Reader
from monographs.importing.stated_keys import JSON
from monographs.importing.titles import suggest_title
from monographs.importing.value_kinds import shown

FORMAT = "monograph"
VERSION = 1
BETWEEN = re.compile(r"[\s,]*")


def parse_json(path, text):
    """Return a list with the Document, or the ImportProblem, of each medicine. Raises ImportProblem."""
    values = _parsed(path, text)
    if isinstance(values, dict) and "format" in values:
        return [_read_monograph(path, text, values)]
    if isinstance(values, dict) and isinstance(values.get("results"), list) and values["results"]:
        return _read_results(path, text, values["results"])
    if is_openfda(values):
        return [parse_openfda(path, values)]
    reason = _("This JSON is neither a monograph as export_monographs writes it nor a drug label of openFDA.")
    raise ImportProblem(path, 1, reason)


def _parsed(path, text):
    try:
        return json.loads(text, object_pairs_hook=_without_repetition)
    except json.JSONDecodeError as error:
        reason = _("This is not JSON that can be read: %(reason)s.") % {"reason": error.msg}
        raise ImportProblem(path, error.lineno, reason) from None
    except (ValueError, RecursionError) as error:
        reason = _("This is not JSON that can be read: %(reason)s.") % {"reason": shown(str(error))}
        raise ImportProblem(path, None, reason) from None


def _without_repetition(pairs):
    values = {}
    for name, value in pairs:
        if name in values:
            raise ValueError(_("“%(name)s” stands twice in one object") % {"name": shown(name)})
        values[name] = value
    return values


def _read_results(path, text, results):
    found = []
    for label, line in zip(results, _lines_of_items(text, "results"), strict=True):
        try:
            if not is_openfda(label):
                raise ImportProblem(path, line, _("This result is not a drug label of openFDA."))
            found.append(parse_openfda(path, label, line if len(results) > 1 else None))
        except ImportProblem as problem:
            found.append(problem)
    return found


def _read_monograph(path, text, values):
    if values["format"] != FORMAT or values.get("version") != VERSION:
        reason = _("This portal reads the format “%(format)s” in version %(version)d. This file states another.")
        raise ImportProblem(path, _line_of_key(text, "format"), reason % {"format": FORMAT, "version": VERSION})
    values = {key: _without_nulls(value) for key, value in values.items() if key not in ("format", "version")}
    reader = Reader(
        path,
        JSON,
        line_of=lambda key: _line_of_key(text, key),
        lines_of=lambda key, count: _lines_of_items(text, key, count),
    )
    stated = reader.read({**_without_nulls(values), "exact": True})
    return Document(
        path=path,
        title=stated.title,
        suggested_title=suggest_title(path, stated.summary),
        slug=stated.slug,
        summary=stated.summary,
        sections=tuple(
            SectionText(
                row.values["heading"], row.values.get("text", ""), row.line, row.line, row.values.get("kind", "")
            )
            for row in stated.sections or ()
        ),
        details=stated.details,
        pictures=stated.pictures,
        is_exact=True,
        lines=stated.lines,
    )


def _without_nulls(value):
    """Leave out values that are null, in rows too: what is null is not stated."""
    if isinstance(value, dict):
        return {key: item for key, item in value.items() if item is not None}
    return [_without_nulls(item) for item in value] if isinstance(value, list) else value


def _line_of_key(text, key):
    match = re.search(rf'"{re.escape(key)}"\s*:', text)
    return match and _line_at(text, match.start())


def _lines_of_items(text, key, count=None):
    """Return the line where each item of the list under a key begins; of anything else, that of the key."""
    match = re.search(rf'"{key}"\s*:\s*\[', text)
    if not match:
        return [_line_of_key(text, key)] * (count or 0)
    lines, line, counted, position = [], 1, 0, match.end()
    while (position := BETWEEN.match(text, position).end()) < len(text) and text[position] != "]":
        line += text.count("\n", counted, position)
        lines.append(line)
        counted, position = position, json.JSONDecoder().raw_decode(text, position)[1]
    return lines if count in (None, len(lines)) else [_line_of_key(text, key)] * count


def _line_at(text, position):
    return text.count("\n", 0, position) + 1
