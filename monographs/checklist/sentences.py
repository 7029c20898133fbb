"""Prose divided into sentences and words, by rules of thumb that suit medical English."""

from dataclasses import dataclass
from itertools import pairwise

CLOSING = "\"'”’)]»"
OPENING = "\"'“‘([«"
ABBREVIATIONS = frozenset("approx. ca. cf. dr. e.g. fig. i.e. mr. mrs. ms. prof. st. vs.".split())
BEFORE_NUMBERS = frozenset("al. no. nos. p. pp. vol.".split())


@dataclass(frozen=True)
class Sentence:
    """The words of one sentence, and the line where it begins."""

    words: tuple[str, ...]
    line: int


def sentences_of(passage):
    """Return the sentences of a passage. A full stop before a small letter, or after “e.g.”, ends none."""
    found, words, start = [], [], passage.line
    for word, line, following in _words_with_next(passage):
        if not words:
            start = line
        if any(character.isalnum() for character in word):
            words.append(word)
        if words and _ends(word, following):
            found.append(Sentence(tuple(words), start))
            words = []
    if words:
        found.append(Sentence(tuple(words), start))
    return found


def _words_with_next(passage):
    words = [
        (word, passage.line + offset) for offset, line in enumerate(passage.text.split("\n")) for word in line.split()
    ]
    return [(word, line, following) for (word, line), (following, _line) in pairwise([*words, ("", 0)])]


def _ends(word, following):
    bare = word.rstrip(CLOSING)
    if not bare.endswith((".", "!", "?", "…")):
        return False
    first = following.lstrip(OPENING)[:1]
    if not following:
        return True
    if first.isdigit() and bare.lower() in BEFORE_NUMBERS:
        return False
    return not first.islower() and bare.lstrip(OPENING).lower() not in ABBREVIATIONS
