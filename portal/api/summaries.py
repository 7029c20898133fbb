"""Monographs and sections as several parts of the API show them."""

from django.urls import reverse

from monographs.addresses import absolute
from reviews.models import Tally


class Gone(Exception):
    """The edition was withdrawn."""

    def __init__(self, edition):
        self.edition = edition
        super().__init__(edition)


def items_of(editions):
    """Return a MonographItem for each edition in force, with one query for all their reviews."""
    tallies = Tally.objects.in_bulk([edition.monograph_id for edition in editions])
    return [_item(edition, tallies.get(edition.monograph_id)) for edition in editions]


def monograph_item(edition):
    """Return the MonographItem of one edition in force."""
    (item,) = items_of([edition])
    return item


def _item(edition, tally):
    slug = edition.monograph.slug
    return {
        **{name: getattr(edition, name) for name in ("title", "subtitle", "summary", "topics", "public_from")},
        "slug": slug,
        "url": absolute(edition.monograph.get_absolute_url()),
        "api_url": absolute(reverse("api:monograph", args=[slug])),
        "edition": edition.number,
        "reviews": _stars(tally or Tally()),
    }


def _stars(tally):
    average = tally.average
    return {
        "count": tally.count,
        "average": None if average is None else round(average, 2),
        "stars": {str(stars): tally.counted(stars) for stars in range(1, 6)},
    }


def section_heading(edition, section):
    """Return the SectionHeading of a section of an edition."""
    url = section_url(edition, section["anchor"])
    return {**{name: section[name] for name in ("kind", "heading", "anchor")}, "url": url}


def section_url(edition, anchor):
    """Return where a section of an edition stands for ever."""
    return f"{absolute(edition.get_absolute_url())}#{anchor}"
