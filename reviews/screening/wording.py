"""How a text is worded: what its words weigh, learnt from messages of sellers and from genuine reviews.

`wording.txt` holds what `tests/reviews/weighing.py` learns from the messages in `tests/reviews/screening_data`: in the
first line the digest of these messages, in each other one a weight in tenths and the words, beginnings of words and
pairs of words that have it. Above nothing they speak for a sales message, below for a review. Nothing is learnt while
the site runs.
"""

import re
from functools import cache
from itertools import accumulate, pairwise
from math import sqrt
from pathlib import Path
from typing import NamedTuple

from reviews.screening.keeping import keep_short

WINDOW, STEP = 40, 10
"""Words that are weighed together, and how far the next window begins: a long story hides no offer inside it."""

WEIGHTS = Path(__file__).with_suffix(".txt")
SCALE = 10
"""What weights are multiplied with where they are written down."""
STEM = 5
MOST_MARKED = 3
"""Words that are marked in the heaviest part of a text."""
FEW = 8
"""Signs that a text has to have before they count in full: two words tell little."""

_NAME_OF_SHOP = re.compile(r"^[A-Z][a-z]{2,}[A-Z]")
"""As companies write themselves: “PillBarn”."""

_TOKEN = re.compile(r"\w+|([$£€@:!?]|[^\w\s\x00-ÿ])\1*")


class Token(NamedTuple):
    """A word, a sign or an emoji of a text, and where it stands there; numbers are as many # as they have digits."""

    text: str
    start: int
    end: int


class Part(NamedTuple):
    """The part of a text that reads most like a sales message: its score, and the spans that weigh most in it."""

    score: float
    spans: tuple


def heaviest_part(cased):
    """Return the heaviest Part of a text that has been read, given with its capitals.

    The time for it grows with the length of the text and no faster.
    """
    bias, weights = _weights()
    tokens = tokens_of(cased)
    signs = signs_of(tokens)
    found = [sum([weights.get(sign, 0) for sign in of_token]) for of_token in signs]
    sums = [0, *accumulate(found)]
    counts = [0, *accumulate(map(len, signs))]
    score, start = max(
        (score_of(bias, sums[end] - sums[start], counts[end] - counts[start]), start)
        for start, end in windows_of(len(tokens))
    )
    places = sorted(range(start, min(start + WINDOW, len(tokens))), key=lambda place: -found[place])[:MOST_MARKED]
    return Part(score, tuple(tokens[place][1:] for place in sorted(places) if found[place] > 0))


def score_of(bias, weight, count):
    """Return what some signs weigh together, so that long texts weigh no more than short ones."""
    return bias + 2 * weight / sqrt(count + FEW)


def windows_of(count):
    """Return where the windows of so many tokens begin and end."""
    return [(start, min(start + WINDOW, count)) for start in range(0, max(1, count - WINDOW + STEP), STEP)]


def tokens_of(cased):
    """Return the tokens of a text that has been read, given with its capitals."""
    return [Token(_general(match[1] or match[0]), *match.span()) for match in _TOKEN.finditer(cased)]


def signs_of(tokens):
    """Return for each token what is weighed of it: the word, its beginning, and the pair with the word before."""
    alone = [(word, f"{word[:STEM]}-") if len(word) > STEM else (word,) for word, _start, _end in tokens]
    pairs = [(f"{one[0]} {other[0]}",) for one, other in pairwise(alone)]
    return [*alone[:1], *(signs + pair for signs, pair in zip(alone[1:], pairs, strict=True))]


@keep_short
def _general(word):
    if _NAME_OF_SHOP.search(word):
        return "Name"
    word = word.lower()
    if word.isdecimal():
        return "#" * min(len(word), 6)
    if not any(map(str.isdecimal, word)) and "_" not in word:
        return word
    # "5g", "10ml" and "50mg" are a number with a unit, other mixtures are names of accounts.
    unit = word.lstrip("0123456789")
    return f"#{unit}" if unit.isalpha() and len(unit) < 4 and unit != word else "name1"


@cache
def _weights():
    weights = {}
    for line in WEIGHTS.read_text(encoding="utf-8").strip().split("\n")[1:]:
        weight, _tab, signs = line.partition("\t")
        weights.update(dict.fromkeys(signs.split("|"), int(weight) / SCALE))
    return weights.pop("(bias)"), weights
