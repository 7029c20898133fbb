"""A few words around the place where a text has what somebody looks for."""

from django.utils.html import escape
from django.utils.safestring import mark_safe

from monographs.folding import WORD, fold

LENGTH = 240
LEAD = 60
FURTHEST = 20_000
"""Characters that are looked at. A text that has the words only after them is shown from its beginning."""


def snippet(text, query):
    """Return the part of a text with most of the query's words, escaped, with each hit in <mark>."""
    text = text[:FURTHEST]
    hits = [
        (match.start(), match.end(), number) for match in WORD.finditer(text) if (number := _hit(match, query)) >= 0
    ]
    start = _best_start(hits, text, len(query.words))
    end = min(start + LENGTH, len(text))
    if end < len(text):
        end = text.rfind(" ", start + 1, end) if " " in text[start + 1 : end] else end
    parts, place = ["… " if start else ""], start
    for left, right, _number in hits:
        if left >= start and right <= end:
            parts += [escape(text[place:left]), "<mark>", escape(text[left:right]), "</mark>"]
            place = right
    parts += [escape(text[place:end]), " …" if end < len(text) else ""]
    return mark_safe("".join(parts))  # every part is escaped above


def _hit(match, query):
    number = query.matches(fold(match[0]))
    return -1 if number is None else number


def _best_start(hits, text, count):
    """Return where the stretch with most different words begins: at a word, a little before its first hit."""
    best, most = 0, 0
    for number, (left, _right, _word) in enumerate(hits):
        words = {word for start, _end, word in hits[number : number + 20] if start - left < LENGTH - LEAD}
        if len(words) > most:
            best, most = left, len(words)
        if most == count:
            break
    if best <= LEAD:
        return 0
    start = text.rfind(" ", 0, best - LEAD) + 1
    return start if best - start < LENGTH / 2 else best
