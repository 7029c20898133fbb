"""The parts of a drug label, by their LOINC codes and openFDA's names for them, and the sections that they make.

Codes and names: FDA/openfda, openfda/spl/data/sections.csv. Parts that are not listed keep a section of their own.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from monographs.importing.labels.blocks import Block, Heading, Paragraph, Run
from monographs.importing.labels.fitting import fitting_sections
from monographs.models import Section

LISTED = {
    Section.Kind.USES: {"34067-9": "indications_and_usage", "55105-1": "purpose"},
    Section.Kind.MECHANISM: {
        "34090-1": "clinical_pharmacology",
        "43679-0": "mechanism_of_action",
        "43681-6": "pharmacodynamics",
        "43682-4": "pharmacokinetics",
        "49489-8": "microbiology",
        "66106-6": "pharmacogenomics",
    },
    Section.Kind.FORMS: {"34068-7": "dosage_and_administration", "43678-2": "dosage_forms_and_strengths"},
    Section.Kind.EFFECTS: {
        "34066-1": "boxed_warning",
        "34071-1": "warnings",
        "43685-7": "warnings_and_cautions",
        "42232-9": "precautions",
        "34072-9": "general_precautions",
        "34084-4": "adverse_reactions",
        "50570-1": "do_not_use",
        "50569-3": "ask_doctor",
        "50568-5": "ask_doctor_or_pharmacist",
        "50567-7": "when_using",
        "50566-9": "stop_use",
    },
    Section.Kind.RESEARCH: {"34092-7": "clinical_studies"},
}
KIND_OF_CODE = {code: kind for kind, parts in LISTED.items() for code in parts}
KIND_OF_FIELD = {field: kind for kind, parts in LISTED.items() for field in parts.values()}
BOXED_CODE, BOXED_FIELD = "34066-1", "boxed_warning"

TOP_LEVEL = 3
"""Headings in a section begin here: the page has the title as h1, and the section’s own heading as h2."""

MAX_HEADING = 100
"""Leaves room for a number within the longest heading of a section."""


@dataclass
class Part:
    """One part of a label as it stands there: its title, what is below it, and the line where it begins."""

    kind: Section.Kind
    title: str
    blocks: list[Block]
    line: int | None


def sections_of(parts):
    """Return the sections that parts make: one for each kind, in the usual order, then one for each other part."""
    sections = []
    for kind in LISTED:
        found = [part for part in parts if part.kind == kind]
        if found:
            blocks = [block for part in found for block in [*_title_of(part), *part.blocks]]
            sections += fitting_sections(str(kind.label), kind, blocks, found[0].line)
    for part in parts:
        if part.kind == Section.Kind.OTHER:
            heading, blocks = shortened(part.title, MAX_HEADING) or _("Further text"), part.blocks
            if heading != part.title or not blocks:
                blocks = [*_title_of(part), *blocks] if blocks else [Paragraph([Run(part.title)])]
            sections += fitting_sections(heading, part.kind, blocks, part.line)
    return tuple(sections)


def _title_of(part):
    return [Heading(part.title, TOP_LEVEL)] if part.title else []


def shortened(text, most):
    """Return a text of at most so many characters, ended at a word where it had to be cut."""
    if len(text) <= most:
        return text
    return (text[: most - 1].rsplit(" ", 1)[0] or text[: most - 1]).rstrip() + "…"
