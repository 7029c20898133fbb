"""The text as a reader takes it in: plain small letters, without the tricks that hide words from a program."""

from dataclasses import dataclass

from reviews.screening.reading.letters import plain_letters
from reviews.screening.reading.words import plain_words


@dataclass(frozen=True)
class Reading:
    """A text seen through.

    `plain` is what the rules read; `cased` is the same with its capitals. `places` says for each character of `plain`
    where it stands in the original.
    """

    original: str
    plain: str
    cased: str
    places: list[int]

    def place_of(self, span):
        """Return where a span of `plain` begins and ends in the original."""
        start, end = span
        if end <= start:
            return 0, 0
        last = self.places[end - 1]
        following = self.places[end] if end < len(self.places) else len(self.original)
        # Marks and unseen characters that follow a letter belong to it; spaces do not.
        stop = max(last + 1, following)
        while stop > last + 1 and self.original[stop - 1].isspace():
            stop -= 1
        return self.places[start], stop


def read(text):
    """Return the Reading of a text, in time that grows with its length and no faster."""
    return Reading(text, *plain_words(plain_letters(text)))
