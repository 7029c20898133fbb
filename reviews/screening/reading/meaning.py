"""What one chunk of text stands for: known words, where it becomes some by taking tricks away."""

import re
from itertools import product

from reviews.screening.keeping import keep_short
from reviews.screening.reading.vocabulary import KNOWN, WATCHED, nearest, segment

LEET = str.maketrans("0134578@$!|+€96", "oieastbasiitegg")
MARKS = re.compile(r"[^\w\s]|_")
_UNSURE = "1!|+"
_MOST_UNSURE = 3
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_DIGITS_FOR_LETTERS = re.compile(
    r"(?=[^a-hj-kmnp-z]{0,9}[a-hj-kmnp-z])[a-z]{1,12}(?:[0-9$!|]{1,2}[a-z]{1,12}){1,6}[0-9$!|]?|[a-z]{3,12}[0457$]"
)
_SHORTEST_GLUED, _LONGEST_GLUED = 8, 60


@keep_short
def meaning_of(text, *, is_spelt=False):
    """Return the words that a chunk without outer marks stands for, as a tuple; empty where it has to stay.

    `is_spelt` says that its letters stood apart, so that every part of it may be a word.
    """
    for candidate in _candidates(text, is_spelt):
        if candidate in KNOWN:
            return (candidate,)
        if (is_spelt or text.isalnum()) and (words := _unglued(candidate, is_spelt)):
            return words
    word = nearest(MARKS.sub("", text))
    if word:
        return (word,)
    return (text,) if is_spelt else ()


@keep_short
def likely_form_of(text):
    """Return a part of an address, or an unknown word, with letters for digits and without letters drawn out."""
    for candidate in _candidates(text, is_spelt=False):
        if candidate in KNOWN:
            return candidate
    if _DIGITS_FOR_LETTERS.fullmatch(text):
        text = text.translate(LEET)
    return _STRETCHED.sub(r"\1", text)


def _candidates(text, is_spelt):
    if len(text) > _LONGEST_GLUED and not is_spelt:
        return
    for readable in (text, *_translations(text)):
        bare = readable if readable.isalnum() else MARKS.sub("", readable)
        yield bare
        if _STRETCHED.search(bare):
            yield _STRETCHED.sub(r"\1", bare)
            yield _STRETCHED.sub(r"\1\1", bare)


def _translations(text):
    if text.isalpha() or text.isdigit() or not any(map(str.isalpha, text)):
        return
    unsure = [place for place, letter in enumerate(text) if letter in _UNSURE]
    if len(unsure) > _MOST_UNSURE:
        unsure = []
    # What stands for i in one place may stand for l in the next.
    for letters in product("il", repeat=len(unsure)):
        meant = list(text.translate(LEET))
        for place, letter in zip(unsure, letters, strict=True):
            meant[place] = letter
        yield "".join(meant)


def _unglued(text, is_spelt):
    """Cut what was written without spaces into its words; empty where it does not consist of known ones."""
    if not text.isalpha() or len(text) < (4 if is_spelt else _SHORTEST_GLUED):
        return ()
    words = segment(text, allow_unknown=is_spelt)
    return words if len(words) > 1 and not WATCHED.isdisjoint(words) else ()
