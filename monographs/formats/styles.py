"""An edition as people cite it: in the styles of Vancouver and of the American Psychological Association.

Both ask for the day on which a page was read only where it may change, and an edition never does. The months are
English in every language, as the styles print them.
"""

from typing import NamedTuple

from monographs.formats.work import work_of
from monographs.references.vancouver import stopped

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class Style(NamedTuple):
    """One style: an identifier, its name, and the citation."""

    key: str
    name: str
    text: str


def styles_of(edition):
    """Return the edition in each Style."""
    work = work_of(edition)
    return [Style("vancouver", "Vancouver", vancouver(work)), Style("apa", "APA", apa(work))]


def vancouver(work):
    """Return “Title [Internet]. Edition 3. Site; 2026 Nov 23. Available from: …”, as in “Citing Medicine”."""
    day = work.published_on
    published = f"{work.publisher}; {day.year} {MONTHS[day.month - 1][:3]} {day.day}."
    return f"{work.title} [Internet]. Edition {work.number}. {published} Available from: {work.url}"


def apa(work):
    """Return “Site. (2026, November 23). Title (Edition 3). …”, after the seventh edition's rules for web pages."""
    day = work.published_on
    date = f"({day.year}, {MONTHS[day.month - 1]} {day.day})."
    return f"{stopped(work.publisher)} {date} {work.title} (Edition {work.number}). {work.url}"
