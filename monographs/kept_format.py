"""Editions in a format, kept under keys made of what the format says."""

import hashlib

from django.conf import settings
from django.core.cache import cache
from django.http import Http404

from monographs.models import Edition
from monographs.release import release_key

REVISION = 1
"""To be raised with each change of what a format says of the same edition, so that nobody is told "not modified"."""


def find_edition(slug, number=None):
    """Return a public edition without its text: the one with this number, or the newest. Raises Http404."""
    editions = Edition.objects.public().with_clinical_review().select_related("withdrawal")
    editions = editions.filter(monograph__slug=slug, **({} if number is None else {"number": number}))
    edition = editions.defer(*Edition.HEAVY).order_by("-number").first()
    if edition is None:
        raise Http404
    return edition


def key_of(edition, ending):
    """Return what tells apart any two states of an edition in a format: its digest, and all else that is said."""
    checked = edition.clinical_review
    said = [
        REVISION,
        *(settings.SITE_URL, settings.SITE_NAME, settings.MEDIA_URL, settings.LANGUAGE_CODE, settings.TIME_ZONE),
        *(edition.monograph_id, edition.monograph.slug, edition.number, edition.rendered_at, edition.public_from),
        *(checked.signature and checked.signature.pk, checked.review and checked.review.pk, checked.due_on),
    ]
    return f"{edition.digest[:24]}-{hashlib.sha256(repr(said).encode()).hexdigest()[:16]}.{ending}"


def written(edition, write, key):
    """Return what `write` makes of the edition, now or before. Raises Http404 where it can make nothing of it."""
    place = f"{release_key()}-{key}"
    content = cache.get(place)
    if content is None:
        content = write(Edition.objects.with_clinical_review().get(pk=edition.pk))
        if content is None:
            raise Http404
        cache.set(place, content)
    return content
