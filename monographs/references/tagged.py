"""Records with a tag on each line: RIS, and MEDLINE as PubMed saves it (.nbib)."""

import re
import textwrap

from monographs.references.names import name_from_text
from monographs.references.record import Record, clean, doi_in, volume_of, year_in

RIS_LINE = re.compile(r"([A-Z][A-Z0-9])  ?-(?: (.*)|)$")
MEDLINE_LINE = re.compile(r"([A-Z]{2,4}) {0,2}- (.*)$")


def is_ris(text):
    """Whether a text has the line that each RIS record begins with."""
    return bool(re.search(r"^\s*TY  ?- ", text, re.MULTILINE))


def is_medline(text):
    """Whether a text has the line that each MEDLINE record begins with."""
    return bool(re.search(r"^\s*PMID ?- ", text, re.MULTILINE))


def read_ris(text):
    """Return the Records of a text in RIS."""
    return [_ris_record(fields) for fields in _records(text, RIS_LINE, first="TY")]


def read_medline(text):
    """Return the Records of a text in MEDLINE's format."""
    return [_medline_record(fields) for fields in _records(text, MEDLINE_LINE, first="PMID")]


def _records(text, line_of, *, first):
    """Divide tagged lines into records, {tag: [values]} each; a line without a tag goes on with the value above it."""
    records = []
    for line in textwrap.dedent(text).splitlines():
        match = line_of.match(line.rstrip())
        if match and match[1] == first:
            records.append({})
        if not records:
            continue
        fields = records[-1]
        if match:
            last = fields.setdefault(match[1], [])
            last.append([match[2] or ""])
        elif line.strip() and fields:
            last[-1].append(line.strip())
    return [{tag: [" ".join(value) for value in values] for tag, values in fields.items()} for fields in records]


def _first(fields, *tags):
    return next((value.strip() for tag in tags for value in fields.get(tag, []) if value.strip()), "")


def _ris_record(fields):
    pages = "-".join(filter(None, [_first(fields, "SP"), _first(fields, "EP")]))
    names = [value for tag in ("AU", "A1") for value in fields.get(tag, [])]
    return Record(
        authors=[name_from_text(name) for name in names],
        year=year_in(_first(fields, "PY", "Y1", "DA")),
        title=_first(fields, "TI", "T1", "CT"),
        source=_first(fields, "JF", "JO", "T2", "BT", "JA", "J2", "PB", "DP"),
        volume=volume_of(_first(fields, "VL"), _first(fields, "IS"), pages),
        doi=_first(fields, "DO") or doi_in(" ".join(fields.get("UR", []) + fields.get("M3", []))),
        pmid=_pmid_in(fields),
        url=next((url for url in fields.get("UR", []) + fields.get("L2", []) if "doi.org/" not in url), ""),
        named=_first(fields, "TI", "T1", "ID"),
    )


def _pmid_in(fields):
    """Return the PMID of a RIS record, which each program puts elsewhere."""
    database, number = _first(fields, "DB", "DP").lower(), _first(fields, "AN")
    if ("pubmed" in database or "nlm" in database) and number.isdecimal():
        return number
    notes = " ".join(value for tag in ("AN", "N1", "C2", "UR", "M1") for value in fields.get(tag, []))
    match = re.search(r"(?:PMID:?\s*|pubmed(?:\.ncbi\.nlm\.nih\.gov)?/)(\d{1,9})", notes, re.IGNORECASE)
    return match[1] if match else ""


def _medline_record(fields):
    identifiers = [value for tag in ("LID", "AID") for value in fields.get(tag, []) if "[doi]" in value.lower()]
    corporate = [] if fields.get("AU") else fields.get("CN", [])
    return Record(
        authors=[*fields.get("AU", []), *corporate],
        year=year_in(_first(fields, "DP", "DEP")),
        title=clean(_first(fields, "TI", "BTI")).strip("[]"),
        source=_first(fields, "JT", "TA", "PB"),
        volume=volume_of(_first(fields, "VI"), _first(fields, "IP"), _whole_pages(_first(fields, "PG"))),
        doi=" ".join(identifiers),
        pmid=_first(fields, "PMID"),
        named=_first(fields, "TI", "PMID"),
    )


def _whole_pages(pages):
    """Return “856-864” of MEDLINE's “856-64”."""
    match = re.fullmatch(r"(\d+)-(\d+)", pages.strip())
    if match and len(match[2]) < len(match[1]):
        return f"{match[1]}-{match[1][: -len(match[2])]}{match[2]}"
    return pages
