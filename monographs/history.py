"""The public history of a monograph, newest first. What is asked of it costs the same however long it is."""

from django.http import Http404

from monographs.few import first_of
from monographs.listing import Page
from monographs.models import Edition

PER_PAGE = 50
LONGEST_NUMBER = 10
MOST_OFFERED = 50
"""Editions that are offered by name to be compared with; of more, the number is asked for."""


def public_editions(slug):
    """Return the public editions at an address, newest first, with what lists need of them."""
    editions = Edition.objects.public().filter(monograph__slug=slug).order_by("-number")
    return editions.select_related("monograph", "withdrawal").defer(*Edition.HEAVY)


def newest_of(slug):
    """Return the newest public edition at an address, withdrawn or not. Raises Http404 without any."""
    return _found(public_editions(slug).first())


def numbered(slug, number):
    """Return the public edition with this number, whole. Raises Http404 when there is none."""
    return _found(public_editions(slug).defer(None).filter(number=number).first())


def page_of(slug, after=None):
    """Return the Page that begins after the edition with a number, or the first; numbers are its cursors.

    Raises Http404 for an empty one.
    """
    editions = public_editions(slug)
    if after is not None:
        editions = editions.filter(number__lt=after)
    found = first_of(editions, PER_PAGE)
    if not found:
        raise Http404
    return Page(found.rows, found.rows[-1].number if found.has_more else None)


def number_in(text):
    """Return the number of an edition that somebody typed, or None for what is none."""
    return int(text) if text.isdecimal() and len(text) < LONGEST_NUMBER else None


def _found(edition):
    if edition is None:
        raise Http404
    return edition
