"""How hard a text is to read: the Flesch-Kincaid grade level.

grade = 0.39 × words per sentence + 11.8 × syllables per word − 15.59
(Kincaid JP, Fishburne RP, Rogers RL, Chissom BS. Derivation of new readability formulas for Navy enlisted personnel.
Research Branch Report 8-75. Naval Technical Training Command; 1975.) A grade of school in the United States begins
at about five years more of age. Syllables are counted by rules of thumb for English, right for about nine words in
ten, which moves the grade by less than one.
"""

import re
import unicodedata
from dataclasses import dataclass

LEAST_WORDS = 100
"""Fewer words than these say nothing about a text: the formula was made on passages of this size."""

VOWELS = re.compile("[aeiouy]+")
TWO_VOWELS_SOUNDED = re.compile(
    "(?<![cgstx])ia|[cs]iat|(?<![cgstxln])io|iu|iet|(?<![ct])ien|scien|(?<!p)eo|oea|usea|(?<![stl])ea$|crea(?!s)|^rea[cl]t?"
    "|[^q]u[ao]|[ls]ui|[aeiouy]ing$|ism$"
)
SILENT_ENDING = re.compile("[^aeiouy](?:(?<!l)e|(?<=[aeiouy]l)e|(?<![dt])ed|(?<![sxzcg])(?<!ch)(?<!sh)es)$")


@dataclass(frozen=True)
class Reading:
    """Counts of a text, which can be added up, and the figures that follow from them."""

    words: int = 0
    sentences: int = 0
    syllables: int = 0

    def __add__(self, other):
        return Reading(self.words + other.words, self.sentences + other.sentences, self.syllables + other.syllables)

    @property
    def grade(self):
        """The Flesch-Kincaid grade level, never below 0, or None for a text that is too short to say."""
        if self.words < LEAST_WORDS:
            return None
        grade = 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59
        return max(0.0, round(grade, 1))

    @property
    def age(self):
        """The age in years at which people in school read such texts, or None."""
        return None if self.grade is None else round(self.grade) + 5


def reading_of(sentences):
    """Count the words, sentences and syllables of sentences."""
    words = [word for sentence in sentences for word in sentence.words]
    return Reading(len(words), len(sentences), sum(map(syllables_in, words)))


def syllables_in(word):
    """Estimate the syllables of an English word; 1 at least, a number included."""
    plain = unicodedata.normalize("NFKD", word[:60]).encode("ascii", "ignore").decode().lower()
    return sum(_syllables_in_part(part) for part in re.findall("[a-z]+", plain)) or 1


def _syllables_in_part(part):
    count = len(VOWELS.findall(part)) + len(TWO_VOWELS_SOUNDED.findall(part))
    if count > 1 and SILENT_ENDING.search(part):
        count -= 1
    return max(count, 1)
