"""What the index holds of an edition: its names, and its sections as plain text."""

import re
from dataclasses import dataclass
from html import unescape

import nh3

from monographs.folding import fold
from monographs.models import IndexedName, Passage
from monographs.search.words import forms_of, name_forms_of

TOP = "is_top"
"""The key of the passage that stands for the whole page."""

SHORTEST_CORRECTED = 4
Kind = IndexedName.Kind

_CITATION = re.compile(r'<sup class="cite[^"]*">.*?</sup>', re.DOTALL)
_BLOCK = re.compile(r"<(?!/?(?:a|code|em|strong|span|sub|sup)\b)")


@dataclass(frozen=True)
class Row:
    """A passage that is not stored yet, and its words by column."""

    passage: Passage
    words: dict[str, list[tuple[str, ...]]]


def topic_key(topic_id):
    """Return the word by which passages of a topic are found."""
    return f"topic_{topic_id}"


def rows_of(edition, topic_ids):
    """Return the Rows of an edition filed under these topics: the top of the page, then its sections."""
    names = [edition.title, edition.subtitle, *edition.other_names, *(code["value"] for code in edition.identifiers)]
    keys = [(topic_key(topic_id),) for topic_id in sorted(topic_ids)]
    facts = [f"{fact['label']}: {fact['value']}" for fact in edition.facts]
    top = Passage(edition=edition, text="\n".join([edition.summary, *facts]))
    sections = [
        Passage(edition=edition, anchor=section["anchor"], heading=section["heading"], text=text_of(section["html"]))
        for section in edition.sections
    ]
    in_names = [form for name in names for form in name_forms_of(name)]
    return [
        Row(
            passage,
            {
                "names": in_names,
                "heading": forms_of(passage.heading),
                "text": forms_of(passage.text),
                "keys": keys if passage.anchor else [(TOP,), *keys],
            },
        )
        for passage in (top, *sections)
    ]


def text_of(html):
    """Return the words of a section's HTML as readers see them, without the numbers of its citations."""
    spaced = _BLOCK.sub(" <", _CITATION.sub("", html))
    return " ".join(unescape(nh3.clean(spaced, tags=set())).split())


def names_of(edition):
    """Return the IndexedNames of an edition, and the words of long ones, each once."""
    named = [(Kind.TITLE, edition.title)]
    named += [(Kind.OTHER, name) for name in edition.other_names]
    named += [(Kind.CODE, code["value"]) for code in edition.identifiers]
    words = [word for kind, name in named if kind != Kind.CODE for word in fold(name).split()]
    named += [(Kind.WORD, word) for word in words if len(word) >= SHORTEST_CORRECTED]
    found = {}
    for kind, name in named:
        if folded := fold(name)[:200]:
            found.setdefault(folded, IndexedName(edition=edition, kind=kind, name=name[:200], folded=folded))
    return list(found.values())
