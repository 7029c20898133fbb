"""An edition as a work that can be cited: what all citation formats say of it."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.translation import to_locale

from monographs.addresses import absolute
from monographs.models import Edition
from monographs.one_line import one_line


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
        title=": ".join(filter(None, map(one_line, (edition.title, edition.subtitle)))),
        number=edition.number,
        publisher=one_line(settings.SITE_NAME),
        published_on=timezone.localdate(edition.public_from),
        url=absolute(edition.get_absolute_url()),
        abstract=one_line(edition.summary),
        keywords=[one_line(name) for name in edition.other_names],
        language=language_tag(),
    )


def language_tag():
    """Return the language of all texts as BCP 47 writes it: “en-GB”."""
    return to_locale(settings.LANGUAGE_CODE).replace("_", "-")
