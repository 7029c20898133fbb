"""What a file states by name, in front matter or in JSON: which names there are, and what may stand under each.

    title, subtitle, slug   one line each
    other_names             list of texts
    summary                 text
    topics                  list of names, or of {name, slug}
    lead_picture            {file, alt, caption}
    facts                   [{label, value}]
    identifiers             [{register, value}]
    references              [{key, authors, year, title, source, doi, pmid, url, checked_on}]
    sections                [{kind, heading, text}]; in front matter a section without text takes it from the Markdown
    credits                 [{file, credit, licence, licence_url}]: who made a picture
    pictures                [{address, file}]: which file an address in the texts stands for
    exact                   true: texts are taken as they are, with every space and character

Files are named relative to the folder of the file that names them.
"""

from typing import NamedTuple

from monographs.importing import value_kinds as kinds
from monographs.models import Section
from monographs.registers import REGISTERS

NEEDED = {
    "topics": ["name"],
    "lead_picture": ["file"],
    "facts": ["label", "value"],
    "identifiers": ["register", "value"],
    "references": ["key", "authors", "year", "title", "source"],
    "sections": ["heading"],
    "credits": ["file"],
    "pictures": ["address", "file"],
}
CHOICES = {("identifiers", "register"): tuple(REGISTERS), ("sections", "kind"): tuple(Section.Kind.values)}


class Form(NamedTuple):
    """The kinds of value by which the forms differ."""

    table: kinds.Kind
    tables: kinds.Kind
    date: kinds.Kind


TOML = Form(kinds.TABLE, kinds.TABLES, kinds.DATE)
JSON = Form(kinds.OBJECT, kinds.OBJECTS, kinds.DATE_TEXT)


def kinds_of_keys(form, is_exact):
    """Return ({key: kind}, {key of rows: {key: kind}})."""
    text, long_text, body, texts = (
        (kinds.EXACT_TEXT, kinds.EXACT_TEXT, kinds.EXACT_TEXT, kinds.EXACT_TEXTS)
        if is_exact
        else (kinds.TEXT, kinds.LONG_TEXT, kinds.BODY, kinds.TEXTS)
    )
    rows = {
        "topics": {"name": text, "slug": text},
        "lead_picture": {"file": text, "alt": text, "caption": text},
        "facts": {"label": text, "value": text},
        "identifiers": {"register": text, "value": text},
        "references": {
            **dict.fromkeys(["key", "authors", "title", "source", "doi", "pmid", "url"], text),
            "year": kinds.NUMBER,
            "checked_on": form.date,
        },
        "sections": {"kind": text, "heading": text, "text": body},
        "credits": dict.fromkeys(["file", "credit", "licence", "licence_url"], text),
        "pictures": {"address": text, "file": text},
    }
    single = {
        "title": text,
        "subtitle": text,
        "slug": text,
        "other_names": texts,
        "summary": long_text,
        "exact": kinds.SWITCH,
    }
    return {**single, **dict.fromkeys(rows, form.tables), "topics": kinds.TOPICS, "lead_picture": form.table}, rows
