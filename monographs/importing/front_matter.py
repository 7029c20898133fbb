"""Front matter: TOML between two lines of +++ at the head of a Markdown file."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from monographs.importing.document import Details, ImportProblem, Row
from monographs.importing.front_matter_kinds import DATE, LONG_TEXT, NUMBER, TABLE, TABLES, TEXT, TEXTS
from monographs.registers import REGISTERS
from monographs.rendering import UNSEEN

FENCE = "+++"
MAX_LINE = 5_000  # the reader of TOML needs the square of the time for a key of many parts
KEYS = {
    "title": TEXT,
    "subtitle": TEXT,
    "slug": TEXT,
    "other_names": TEXTS,
    "summary": LONG_TEXT,
    "topics": TEXTS,
    "lead_picture": TABLE,
    "facts": TABLES,
    "identifiers": TABLES,
    "references": TABLES,
}
ROW_KEYS = {
    "lead_picture": {"file": TEXT, "alt": TEXT, "caption": TEXT},
    "facts": {"label": TEXT, "value": TEXT},
    "identifiers": {"register": TEXT, "value": TEXT},
    "references": {
        **dict.fromkeys(["key", "authors", "title", "source", "doi", "pmid", "url"], TEXT),
        "year": NUMBER,
        "checked_on": DATE,
    },
}
NEEDED = {
    "lead_picture": ["file"],
    "facts": ["label", "value"],
    "identifiers": ["register", "value"],
    "references": ["key", "authors", "year", "title", "source"],
}


@dataclass(frozen=True)
class FrontMatter:
    """What front matter states. A file without it states nothing."""

    title: str = ""
    slug: str = ""
    summary: str | None = None
    details: Details | None = None
    lines: Mapping[str, int | None] = field(default_factory=dict)


def read_front_matter(path, text):
    """Return (FrontMatter, the text below it, the number of lines above that text). Raises ImportProblem."""
    lines = text.split("\n")
    if lines[0].rstrip() == "---":
        raise ImportProblem(path, 1, _("Front matter is written in TOML, between two lines of +++."))
    if lines[0].rstrip() != FENCE:
        return FrontMatter(), text, 0
    end = next((index for index, line in enumerate(lines) if index and line.rstrip() == FENCE), None)
    if end is None:
        raise ImportProblem(path, 1, _("The front matter has no end. Write a second line of +++ below it."))
    long = next((number for number, line in enumerate(lines[:end], start=1) if len(line) > MAX_LINE), None)
    if long:
        reason = _("This line has more than %(most)d characters. Divide it.") % {"most": MAX_LINE}
        raise ImportProblem(path, long, reason)
    return _Reader(path, lines[:end]).read(), "\n".join(lines[end + 1 :]), end + 1


class _Reader:
    """Reads the lines of one front matter, the opening fence among them so that the first is line 1."""

    def __init__(self, path, lines):
        self.path, self.lines = path, lines

    def read(self):
        values = self._checked(self._parse(), KEYS, self._line_of)
        picture = self._rows("lead_picture", [values["lead_picture"]] if "lead_picture" in values else [])
        return FrontMatter(
            title=values.get("title", ""),
            slug=values.get("slug", ""),
            summary=values.get("summary", ""),
            details=Details(
                subtitle=values.get("subtitle", ""),
                other_names=tuple(values.get("other_names", ())),
                topics=tuple(values.get("topics", ())),
                lead_picture=picture[0] if picture else None,
                **{name: self._rows(name, values.get(name, ())) for name in ("facts", "identifiers", "references")},
            ),
            lines=self._lines_of(values, picture),
        )

    def _lines_of(self, values, picture):
        lines = {key: self._line_of(key) for key in values}
        if picture:
            lines["lead_picture_alt"] = lines["lead_picture_caption"] = picture[0].line
        return lines

    def _parse(self):
        try:
            return tomllib.loads("\n".join(self.lines[1:]))
        except (ValueError, RecursionError) as error:
            place = re.search(r" \(at (?:line (\d+)|end)[^)]*\)", str(error))
            line = int(place[1]) + 1 if place and place[1] else len(self.lines)
            reason = str(error)[: place.start()] if place else str(error)
            reason = _("The front matter is not TOML that can be read: %(reason)s.") % {"reason": reason}
            raise ImportProblem(self.path, line, reason) from None

    def _rows(self, name, tables):
        places = self._lines_matching(rf"\[+\s*{name}\s*\]")
        if len(places) != len(tables):  # written as a list in one place
            places = [self._line_of(name)] * len(tables)
        return tuple(self._row(name, values, place) for values, place in zip(tables, places, strict=True))

    def _row(self, name, values, line):
        values = self._checked(values, ROW_KEYS[name], lambda key: line)
        for key in NEEDED[name]:
            if not values.get(key):
                raise ImportProblem(self.path, line, _("“%(key)s” is missing. Write it here.") % {"key": key})
        if name == "identifiers" and values["register"] not in REGISTERS:
            reason = _("“%(register)s” is not a register that this site knows. Use one of these: %(registers)s.")
            reason %= {"register": values["register"], "registers": ", ".join(REGISTERS)}
            raise ImportProblem(self.path, line, reason)
        return Row(values, line)

    def _checked(self, values, kinds, line_of):
        for key, value in values.items():
            if key not in kinds:
                reason = _("“%(key)s” cannot stand here. Use one of these: %(keys)s.")
                raise ImportProblem(
                    self.path, line_of(key), reason % {"key": UNSEEN.sub("\ufffd", key), "keys": ", ".join(kinds)}
                )
            if not kinds[key].holds(value):
                reason = _("“%(key)s” must be %(kind)s.") % {"key": key, "kind": kinds[key].words}
                raise ImportProblem(self.path, line_of(key), reason)
        return {key: kinds[key].trimmed(value) for key, value in values.items()}

    def _line_of(self, key):
        """Return the line where a key or the first table of that name stands, or None."""
        return next(iter(self._lines_matching(rf"(\[+\s*)?{re.escape(key)}\s*[=\]]")), None)

    def _lines_matching(self, pattern):
        return [number for number, line in enumerate(self.lines, start=1) if re.match(rf"\s*{pattern}", line)]
