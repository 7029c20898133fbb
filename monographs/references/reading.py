"""What somebody pasted, read as records: the format is told by how the text looks."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from monographs.references.bibtex import is_bibtex, read_bibtex
from monographs.references.citation import citations_in, read_citation
from monographs.references.csl import is_json, read_csl
from monographs.references.record import Record
from monographs.references.tagged import is_medline, is_ris, read_medline, read_ris

MOST_CHARACTERS = 100_000
MOST_RECORDS = 200
"""What is pasted at once; within these bounds the slowest text that we know is read in about a second."""


class Read(NamedTuple):
    """The Records of a text, and sentences about what in it cannot be read."""

    records: list[Record]
    problems: list[str]


def read_records(text):
    """Read BibTeX, RIS, CSL-JSON, MEDLINE or printed citations, one or several. Never raises."""
    if not text.strip():
        return Read([], [_("Paste a record first.")])
    if len(text) > MOST_CHARACTERS:
        sentence = _("This text has %(length)d characters. Paste at most %(most)d at once.")
        return Read([], [sentence % {"length": len(text), "most": MOST_CHARACTERS}])
    records, problems = _read(text)
    if len(records) > MOST_RECORDS:
        sentence = _("These are %(count)d records. Paste at most %(most)d at once.")
        return Read([], [sentence % {"count": len(records), "most": MOST_RECORDS}])
    found = [record for record in records if not record.is_empty]
    if not found and not problems:
        problems = [_("No record was found. Paste BibTeX, RIS, CSL-JSON, or a citation as PubMed shows it.")]
    return Read(found, problems)


def _read(text):
    if is_json(text):
        return read_csl(text)
    if is_bibtex(text):
        return read_bibtex(text)
    if is_ris(text):
        return read_ris(text), []
    if is_medline(text):
        return read_medline(text), []
    records, problems = [], []
    for citation in citations_in(text):
        if record := read_citation(citation):
            records.append(record)
        else:
            sentence = _("“%(text)s” cannot be read as a citation. Check that it has a year, a volume and a journal.")
            problems.append(sentence % {"text": " ".join(citation.split()[:10])[:120]})
    return records, problems[:20]
