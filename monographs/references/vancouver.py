"""References as journals of medicine print them, after the ICMJE's recommendations (“Vancouver style”):

Names. Title. Journal. 2006;63(8):856-64. doi:10.1001/archpsyc.63.8.856 PMID: 16894061
"""

import re
from typing import NamedTuple

from monographs.references.names import names_in_vancouver

VOLUME = re.compile(
    r"(?P<journal>.+), (?P<volume>(?:[A-Za-z]{0,5}\d[\w.-]*(?: ?[Ss]uppl\.? ?\w*)?)?"
    r"(?:\([^()]{1,40}\))?(?::[\w.,–-]+)?)"
)
PAGES = re.compile(r"(?P<first>\d+)[-–](?P<last>\d+)$")
INITIALS = re.compile(r".+ [^\W\d_]{1,4}(?: (?:Jr|Sr|II|III|IV|2nd|3rd))?")


class Citation(NamedTuple):
    """The parts of one reference, each with its full stop."""

    authors: str
    title: str
    published: str

    def __str__(self):
        return " ".join(filter(None, self))


def citation_of(reference):
    """Return the Citation of a reference, given as an Edition stores it."""
    return Citation(
        stopped(_authors(reference["authors"])),
        stopped(reference["title"]),
        stopped(_published(reference["source"], reference["year"])),
    )


def vancouver(reference):
    """Return a whole reference as one line of text, with what finds it at the end."""
    parts = [str(citation_of(reference))]
    if reference["doi"]:
        parts.append(f"doi:{reference['doi']}")
    if reference["pmid"]:
        parts.append(f"PMID: {reference['pmid']}")
    if reference["url"] and len(parts) == 1:
        parts.append(f"Available from: {reference['url']}")
    return " ".join(filter(None, parts))


def stopped(text):
    """Return a text that ends as a sentence does."""
    text = text.strip()
    return text if not text or text.endswith((".", "?", "!")) else f"{text}."


def _authors(text):
    """Six names at most, where the text is a list of names with initials; an organisation stays as it is."""
    names = [name.strip() for name in text.rstrip(". ").split(",")]
    *firsts, last = names
    is_list = all(INITIALS.fullmatch(name) for name in firsts) and (INITIALS.fullmatch(last) or last == "et al")
    return names_in_vancouver(names) if is_list else text


def _published(source, year):
    """Write “Journal. 2006;63(8):856-64” of “Journal, 63(8):856-864” and the year; “Publisher; 2006” of others."""
    source = source.strip().rstrip(".")
    match = VOLUME.fullmatch(source)
    if match and match["volume"]:
        volume = PAGES.sub(_short_pages, match["volume"])
        return f"{stopped(match['journal'])} {year};{volume}"
    if not year or str(year) in source:
        return source
    return f"{source}; {year}"


def _short_pages(match):
    """Return 856-64 of 856-864: the last page without the digits that it shares with the first."""
    first, last = match["first"], match["last"]
    if len(first) != len(last) or first >= last:
        return f"{first}-{last}"
    shared = next(place for place in range(len(first)) if first[place] != last[place])
    return f"{first}-{last[shared:]}"
