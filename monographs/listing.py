"""Monographs in alphabetical order."""

from string import ascii_uppercase

from monographs.search import fold


def by_letter(editions):
    """Return [(letter, [editions])] from A to Z, with the letters that have none; accents do not matter.

    Digits stand under "#", at the end, and so does any other alphabet under its own letters.
    """
    shelves = {letter: [] for letter in ascii_uppercase}
    for edition in sorted(editions.for_lists(), key=lambda edition: fold(edition.title)):
        shelves.setdefault(_letter_of(edition), []).append(edition)
    return list(shelves.items())


def _letter_of(edition):
    first = fold(edition.title)[:1].upper()
    return first if first.isalpha() else "#"
