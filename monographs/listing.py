"""Monographs in alphabetical order, and the topics they stand under."""

from string import ascii_uppercase

from django.db.models import Count, Q

from monographs.models import Edition, Topic
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


def topics_with_counts():
    """Return the topics that readers find something under, each with `count`, the number of its monographs."""
    in_force = Edition.objects.in_force().values("pk")
    return Topic.objects.annotate(count=Count("editions", filter=Q(editions__in=in_force))).filter(count__gt=0)
