"""BibTeX, read with bibtexparser; LaTeX's accents and marks become the letters that they stand for."""

import logging
import re
from itertools import count

import bibtexparser
from bibtexparser.middlewares import (
    NormalizeFieldKeys,
    RemoveEnclosingMiddleware,
    ResolveStringReferencesMiddleware,
)
from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names
from django.utils.translation import gettext as _
from pylatexenc.latex2text import LatexNodes2Text

from monographs.references.names import name_of
from monographs.references.record import Record, volume_of, year_in

ENTRY = re.compile(r"^(\s*@\s*[a-z]{1,30}\s*[{(]\s*)([^\s,{}()=\"#]{0,200})(?=\s*,)", re.IGNORECASE | re.MULTILINE)
SOURCES = ("journal", "journaltitle", "booktitle", "publisher", "institution", "organization", "school", "howpublished")
MOST_CHARACTERS = 5_000
"""Of one value; LaTeX takes long to read."""

# It writes what it cannot read, which somebody pasted, into the site's log; we say it to whoever pasted it.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL + 1)
logging.getLogger("pylatexenc").setLevel(logging.CRITICAL + 1)
_latex = LatexNodes2Text(keep_comments=True)


def is_bibtex(text):
    """Whether a text has a line that begins a BibTeX entry."""
    return bool(ENTRY.search(text))


def read_bibtex(text):
    """Return (Records, sentences about entries that cannot be read)."""
    numbers = count(1)
    # A key that two entries share would make the second unreadable, and each reference gets a key of ours anyway.
    text = ENTRY.sub(lambda match: f"{match[1]}{match[2]}~{next(numbers)}", text)
    stack = [ResolveStringReferencesMiddleware(), RemoveEnclosingMiddleware(), NormalizeFieldKeys()]
    library = bibtexparser.parse_string(text, parse_stack=stack)
    problems = [
        _("The BibTeX entry at line %(line)d cannot be read. Look for a brace or a comma that is missing.")
        % {"line": block.start_line + 1}
        for block in library.failed_blocks
    ]
    return [_record(entry) for entry in library.entries], problems


def _record(entry):
    fields = {field.key: str(field.value)[:MOST_CHARACTERS] for field in entry.fields}
    text = {name: _plain(value) for name, value in fields.items() if name not in ("author", "editor", "doi", "url")}

    def first(*names):
        return next((text[name] for name in names if text.get(name, "").strip()), "")

    return Record(
        authors=_names(fields.get("author") or fields.get("editor", "")),
        year=year_in(first("year", "date")),
        title=first("title"),
        source=first(*SOURCES),
        volume=volume_of(first("volume"), first("number", "issue"), first("pages", "eid", "articleno")),
        doi=_unescaped(fields.get("doi", "")),
        pmid=first("pmid") or (first("eprint") if "pubmed" in first("eprinttype").lower() else ""),
        url=_unescaped(fields.get("url", "")),
        named=first("title") or entry.key.rpartition("~")[0],
    )


def _plain(value):
    """Return LaTeX as plain text; a percent sign is meant as one, and not as the start of a comment."""
    value = re.sub(r"(?<!\\)%", r"\\%", value)
    try:
        return _latex.latex_to_text(value)
    except Exception:  # it is made for whole documents, and raises whatever its parts do
        return re.sub(r"[{}\\]", "", value)


def _unescaped(address):
    return re.sub(r"\\([_%&#~{}])", r"\1", address).strip("{} ")


def _names(value):
    """Return the names of “Zarate, Jr., Carlos A and {World Health Organization}” in the style of Vancouver."""
    try:
        names = split_multiple_persons_names(value)
    except ValueError:
        names = value.split(" and ")
    return [_name(name) for name in names if name.strip()]


def _name(name):
    try:
        parts = parse_single_name_into_parts(name, strict=False)
    except ValueError:
        return _plain(name)
    family = " ".join([*parts.von, *parts.last])
    return name_of(_plain(family), _plain(" ".join(parts.first)), _plain(" ".join(parts.jr)))
