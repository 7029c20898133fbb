"""An edition as a work that can be cited: what all citation formats say of it."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import timezone

from monographs.addresses import absolute
from monographs.models import Edition
from monographs.references.record import clean


@dataclass(frozen=True)
class Work:
    """Values as one line of plain text each. The site is author and publisher: editors write in its name."""

    key: str
    title: str
    number: int
    publisher: str
    published_on: date
    url: str
    abstract: str
    keywords: list[str]
    language: str


def work_of(edition: Edition) -> Work:
    """Return what there is to cite. The address is the edition's own, where its text never changes."""
    return Work(
        key=f"{edition.monograph.slug}-edition-{edition.number}",
        title=": ".join(filter(None, map(clean, (edition.title, edition.subtitle)))),
        number=edition.number,
        publisher=clean(settings.SITE_NAME),
        published_on=timezone.localdate(edition.public_from),
        url=absolute(edition.get_absolute_url()),
        abstract=clean(edition.summary),
        keywords=[clean(name) for name in edition.other_names],
        language=settings.LANGUAGE_CODE,
    )
