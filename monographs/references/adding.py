"""Records that become references of a monograph: each gets a key, and a work that is listed already is not added."""

import re
import unicodedata
from dataclasses import dataclass, field
from string import ascii_lowercase

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from monographs.models import LogEntry, Monograph, Reference
from monographs.references.names import SUFFIX
from monographs.references.reading import read_records

LONGEST_NAME = 40
MOST_INITIALS = 4
LETTERS = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})
"""Letters that are no plain letter with an accent."""


@dataclass
class Proposal:
    """Rows to add, as the values of References; sentences about works that are listed already, and about what is
    wrong with the text that was pasted."""

    rows: list[dict] = field(default_factory=list)
    duplicates: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def propose(text, references):
    """Read a text and return the Proposal of what to add to `references`, given as {key, doi, pmid}."""
    records, problems = read_records(text)
    proposal = Proposal(problems=list(problems))
    listed = {}
    for reference in references:
        _note(listed, reference)
    keys = {reference["key"] for reference in references}
    for record in records:
        row = record.as_row()
        if known := next((listed[name] for name in _identifiers(row) if name in listed), None):
            sentence = _("“%(title)s” is listed already as [@%(key)s] and was not added.")
            proposal.duplicates.append(sentence % {"title": record.named[:120], "key": known})
            continue
        row = {"key": new_key(row, keys), **row}
        keys.add(row["key"])
        _note(listed, row)
        proposal.rows.append(row)
    return proposal


def _note(listed, reference):
    for identifier in _identifiers(reference):
        listed.setdefault(identifier, reference["key"])


def _identifiers(row):
    """What tells that two rows are the same work; capitals in a DOI mean nothing."""
    return [(name, row[name].strip().lower()) for name in ("doi", "pmid") if row[name].strip()]


def new_key(row, taken):
    """Return “zarate2006” of the first author and the year, then “zarate2006b”, and so on."""
    word = _family(row["authors"].split(",")[0]) or _family(row["title"].split(" ")[0]) or "source"
    name = f"{word[:LONGEST_NAME]}{row['year'] or ''}"
    key, number = name, 1
    while key in taken:
        number += 1
        ending = ascii_lowercase[number - 1] if number <= len(ascii_lowercase) else str(number)
        key = f"{name}{ending}" if row["year"] and number <= len(ascii_lowercase) else f"{name}-{ending}"
    return key


def _family(name):
    """Return the family name in small letters of ASCII; of an organisation, its first word."""
    words = name.replace("-", "").split()
    while words and SUFFIX.fullmatch(words[-1]):
        words.pop()
    is_person = len(words) > 1 and words[-1].isupper() and len(words[-1]) <= MOST_INITIALS
    return _plain("".join(words[:-1]) if is_person else "".join(words[:1]))


def _plain(text):
    text = text.lower().translate(LETTERS)
    return re.sub("[^a-z0-9]", "", unicodedata.normalize("NFKD", text))


def errors_in(row):
    """Return sentences about what keeps a row from being a Reference, as the form of the monograph says them."""
    try:
        Reference(**row).full_clean(exclude=["monograph"])
    except ValidationError as error:
        return [
            _("[@%(key)s], %(field)s: %(error)s")
            % {"key": row["key"], "field": Reference._meta.get_field(name).verbose_name, "error": " ".join(sentences)}
            for name, sentences in error.message_dict.items()
        ]
    return []


@transaction.atomic
def add_references(monograph, text, *, by):
    """Add what a text holds to the references of a monograph; return the Proposal. With problems nothing is added."""
    locked = Monograph.objects.select_for_update().get(pk=monograph.pk)
    listed = list(locked.references.all())
    proposal = propose(text, [{"key": row.key, "doi": row.doi, "pmid": row.pmid} for row in listed])
    for row in proposal.rows:
        proposal.problems += errors_in(row)
    if proposal.problems or not proposal.rows:
        return proposal
    last = max((row.position for row in listed), default=0)
    for position, row in enumerate(proposal.rows, start=last + 1):
        locked.references.create(position=position, **row)
    locked.changed_by, locked.changed_at = by, timezone.now()
    locked.save(update_fields=["changed_by", "changed_at"])
    LogEntry.objects.create(monograph=locked, event=LogEntry.Event.SAVED, by=by, note=keys_in(proposal.rows))
    return proposal


def keys_in(rows):
    """Return the citations of rows as one line."""
    return ", ".join(f"[@{row['key']}]" for row in rows)
