"""Front matter: TOML between two lines of +++ at the head of a Markdown file. stated_keys.py lists what it may hold."""

import re
import tomllib

from django.utils.translation import gettext as _

from monographs.importing.document import ImportProblem
from monographs.importing.stated import Reader, Stated
from monographs.importing.stated_keys import TOML

FENCE = "+++"
MAX_LINE = 5_000  # the reader of TOML needs the square of the time for a key of many parts


def read_front_matter(path, text):
    """Return (Stated, the text below it, the number of lines above that text). Raises ImportProblem."""
    lines = text.split("\n")
    if lines[0].rstrip() == "---":
        raise ImportProblem(path, 1, _("Front matter is written in TOML, between two lines of +++."))
    if lines[0].rstrip() != FENCE:
        return Stated(), text, 0
    end = next((index for index, line in enumerate(lines) if index and line.rstrip() == FENCE), None)
    if end is None:
        raise ImportProblem(path, 1, _("The front matter has no end. Write a second line of +++ below it."))
    long = next((number for number, line in enumerate(lines[:end], start=1) if len(line) > MAX_LINE), None)
    if long:
        reason = _("This line has more than %(most)d characters. Divide it.") % {"most": MAX_LINE}
        raise ImportProblem(path, long, reason)
    places = _Places(lines[:end])
    reader = Reader(path, TOML, line_of=places.line_of, lines_of=places.lines_of)
    return reader.read(_parsed(path, lines[:end])), "\n".join(lines[end + 1 :]), end + 1


def _parsed(path, lines):
    try:
        return tomllib.loads("\n".join(lines[1:]))
    except (ValueError, RecursionError) as error:
        place = re.search(r" \(at (?:line (\d+)|end)[^)]*\)", str(error))
        line = int(place[1]) + 1 if place and place[1] else len(lines)
        reason = str(error)[: place.start()] if place else str(error)
        reason = _("The front matter is not TOML that can be read: %(reason)s.") % {"reason": reason}
        raise ImportProblem(path, line, reason) from None


class _Places:
    """Where named values stand in the lines of front matter, the opening fence among them so that it is line 1."""

    def __init__(self, lines):
        self.lines = lines

    def line_of(self, key):
        """Return the line where a key or the first table of that name stands, or None."""
        return next(iter(self._matching(rf"(\[+\s*)?{re.escape(key)}\s*[=\]]")), None)

    def lines_of(self, name, count):
        """Return the lines where that many tables of one name begin."""
        places = self._matching(rf"\[+\s*{name}\s*\]")
        # Written as a list in one place, or something in a text looks like a table.
        return places if len(places) == count else [self.line_of(name)] * count

    def _matching(self, pattern):
        return [number for number, line in enumerate(self.lines, start=1) if re.match(rf"\s*{pattern}", line)]
