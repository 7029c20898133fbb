"""One work as read from a record, before it is a row of a monograph."""

import html
import re
import unicodedata
from dataclasses import dataclass, field

from monographs.references.names import names_in_vancouver
from monographs.rendering import UNSEEN

DOI = re.compile(r"\b10\.\d{4,9}/[^\s<>\"]+")
DOI_ADDRESS = re.compile(r"https?://(?:dx\.)?doi\.org/", re.IGNORECASE)
TAG = re.compile(r"</?[a-z][^<>]{0,60}>", re.IGNORECASE)
YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|2[01]\d\d)(?!\d)")


@dataclass
class Record:
    """What was read. `authors` are names as “Zarate CA Jr”; `source` is the journal or publisher, and `volume` what
    follows it, as “63(8):856-864”. `named` is what the record calls itself, for sentences about it."""

    authors: list[str] = field(default_factory=list)
    year: int | None = None
    title: str = ""
    source: str = ""
    volume: str = ""
    doi: str = ""
    pmid: str = ""
    url: str = ""
    named: str = ""

    def __post_init__(self):
        self.authors = [name for name in map(clean, self.authors) if name]
        self.title = clean(self.title).rstrip(".")
        self.source = clean(self.source).rstrip(".,")
        self.volume = clean(self.volume)
        self.doi, self.pmid, self.url = doi_in(self.doi), number_in(self.pmid), address_in(self.url)

    def as_row(self):
        """Return the values of a Reference, without its key."""
        return {
            "authors": names_in_vancouver(self.authors),
            "year": self.year,
            "title": self.title,
            "source": ", ".join(filter(None, [self.source, self.volume])),
            "doi": self.doi,
            "pmid": self.pmid,
            "url": self.url,
        }

    @property
    def is_empty(self):
        """Whether nothing that leads to a work was found."""
        return not (self.title or self.doi or self.pmid or self.url)


def clean(text):
    """Return a value as one line of plain text: without tags, entities and characters that nobody sees."""
    text = TAG.sub("", html.unescape(str(text)))
    return " ".join(UNSEEN.sub("", unicodedata.normalize("NFC", text)).split())


def volume_of(volume="", issue="", pages=""):
    """Write “63(8):856-864”, of what there is."""
    volume, issue, pages = clean(volume), clean(issue), re.sub(r"\s*[-–—]+\s*", "-", clean(pages)).rstrip(".")
    return volume + (f"({issue})" if issue else "") + (f":{pages}" if pages else "")


def doi_in(text):
    """Return the DOI in a text or an address, without the marks of the sentence that it stood in, or nothing."""
    match = DOI.search(clean(text))
    if not match:
        return ""
    doi = match[0].rstrip(".,;:'’”]}")
    while doi.endswith(")") and doi.count(")") > doi.count("("):
        doi = doi[:-1].rstrip(".,;:'’”]}")
    return doi


def number_in(text):
    """Return the first number in a text, such as a PMID, or nothing."""
    match = re.search(r"(?<!\d)[1-9]\d{0,9}(?!\d)", clean(text), re.ASCII)
    return match[0] if match else ""


def year_in(text):
    """Return the first year in a text, or None."""
    match = YEAR.search(clean(text))
    return int(match[0]) if match else None


def address_in(text):
    """Return a web address, or nothing; one that only repeats a DOI says nothing new."""
    text = clean(text)
    is_address = re.fullmatch(r"https?://[^\s<>\"]{3,490}", text, re.IGNORECASE)
    return text if is_address and not DOI_ADDRESS.match(text) else ""
