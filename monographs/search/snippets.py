"""A few words around the place where a text has what somebody looks for."""

from django.utils.html import escape
from django.utils.safestring import mark_safe

from monographs.folding import WORD, fold
from monographs.search.words import stem

LENGTH = 240
LEAD = 60
FURTHEST = 20_000
"""Characters that are looked at. A text that has the words only after them is shown from its beginning."""


class Marker:
    """Marks the words of one Query in texts. It remembers what it found out about each word."""

    def __init__(self, query):
        self.count = len(query.words)
        self._unfinished = query.words[-1]
        self._numbers = {stem(word): number for number, word in enumerate(query.words)}
        self._seen = {}

    def snippet(self, text):
        """Return the part of a text with most of the words, escaped, with each hit in <mark>."""
        text = text[:FURTHEST]
        hits = self._hits(text)
        start = self._best_start(hits, text)
        end = min(start + LENGTH, len(text))
        if end < len(text):
            end = max(text.rfind(" ", start, end), start) or end
        parts, place = ["… " if start else ""], start
        for left, right, _number in hits:
            if left >= start and right <= end:
                parts += [escape(text[place:left]), "<mark>", escape(text[left:right]), "</mark>"]
                place = right
        parts += [escape(text[place:end]), " …" if end < len(text) else ""]
        return mark_safe("".join(parts))  # every part is escaped above

    def _hits(self, text):
        """Return (start, end, number of the query's word) of each word of a text that fits."""
        places = ((match.start(), match.end(), self._number_of(match[0])) for match in WORD.finditer(text))
        return [place for place in places if place[2] is not None]

    def _number_of(self, word):
        if word not in self._seen:
            folded = fold(word)
            number = self._numbers.get(stem(folded))
            if number is None and folded.startswith(self._unfinished):
                number = self.count - 1
            self._seen[word] = number
        return self._seen[word]

    def _best_start(self, hits, text):
        """Return where the stretch with most different words begins: at a word, a little before its first hit."""
        best, most = 0, 0
        for place, (left, _right, _number) in enumerate(hits):
            words = {number for start, _end, number in hits[place : place + 20] if start - left < LENGTH - LEAD}
            if len(words) > most:
                best, most = left, len(words)
            if most == self.count:
                break
        if best <= LEAD:
            return 0
        start = text.rfind(" ", 0, best - LEAD) + 1
        return start if best - start < LENGTH / 2 else best
