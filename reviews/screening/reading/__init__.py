"""The text as a reader takes it in: plain small letters, without the tricks that hide words from a program."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from reviews.screening.reading.letters import plain_letters
from reviews.screening.reading.words import plain_words
from reviews.screening.wording import heaviest_part

MOST_SPANS = 40
"""Spans kept of one rule in one text."""

REVIEW = -1.0
"""Below this score of its heaviest part a text is worded as reviews are."""

_PATIENT = re.compile(
    r"\bmy (?:own |new |old |local )?(?:doctor|gp|psychiatrist|neurologist|nurse|pharmacy|pharmacist|chemist|insurance|"
    r"insurer|consultant|specialist|anaesthetist|anesthesiologist|therapist|clinic|prescription|copay)\b|"
    r"\bi was (?:given|prescribed|referred)\b|\bprescribed (?:me|for me|by)\b|"
    r"\b(?:compounding|specialist|specialty|mail order|same) pharmacy\b|\brefills?\b|"
    r"\bthe (?:nurse|staff|doctor)s? (?:told|were|was|asked|explained|showed|sat|checked|gave|at)\b"
)


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
    _found: dict = field(default_factory=dict, repr=False)

    def found_by(self, find):
        """Return the first spans that a rule's `find` yields, as a list; it looks once, whoever asks."""
        if find not in self._found:
            self._found[find] = list(islice(find(self), MOST_SPANS))
        return self._found[find]

    @cached_property
    def heaviest_part(self):
        """The part of the text that is worded most like a sales message."""
        return heaviest_part(self.cased)

    @cached_property
    def is_of_patient(self):
        """Whether the text tells of the writer's own treatment: a doctor, a pharmacy, a prescription of theirs."""
        return bool(_PATIENT.search(self.plain)) or self.is_worded_as_review

    @property
    def is_worded_as_review(self):
        """Whether no part of the text is worded as sales messages are."""
        return self.heaviest_part.score < REVIEW

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
