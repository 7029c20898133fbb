"""Looking at one text by all rules."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monographs.checklist import references as reference_rules
from monographs.checklist import sections as section_rules
from monographs.checklist import whole as whole_rules
from monographs.checklist.finding import Finding, Place, Severity, reference_name, section_name
from monographs.checklist.reading_age import Reading, reading_of
from monographs.checklist.result import Checklist
from monographs.checklist.sentences import sentences_of
from monographs.checklist.text import read

MOST_ALIKE = 10
"""Findings of one kind that are listed for one section or list; more are counted."""


def check(contents, **context):
    """Return the list of Findings about contents; see `look_at`."""
    return look_at(contents, **context).findings


def look_at(contents, *, pictures=None, today=None):
    """Return the Checklist of contents, given as `publishing.contents_of` makes them.

    `pictures` are the paths of this site's pictures that the text names; without it, none is said to be missing.
    """
    checklist = Checklist(
        [
            *whole_rules.missing_parts(contents),
            *_bounded(whole_rules.summary(contents["summary"]), _("Summary")),
            *whole_rules.lead_picture(contents["picture"]),
        ]
    )
    cited, keys = set(), {reference["key"] for reference in contents["references"]}
    for index, section in enumerate(contents["sections"]):
        findings, reading, citations = _look_at_section(index, section, keys, pictures)
        checklist.findings += findings
        checklist.readings.append((section["heading"], reading))
        cited |= citations
    checklist.findings += _reference_findings(contents["references"], cited, today or timezone.localdate())
    return checklist


def _look_at_section(index, section, keys, pictures):
    """Return (findings, Reading, keys cited) of one section."""
    try:
        text = read(section["source"])
    except ValidationError as error:
        notes = [section_rules.Note("out_of_bounds", Severity.ERROR, error.message, 1)]
        return _section_findings(index, section, notes), Reading(), set()
    in_prose = [sentence for passage in text.passages if not passage.is_cell for sentence in sentences_of(passage)]
    in_cells = [sentence for passage in text.passages if passage.is_cell for sentence in sentences_of(passage)]
    notes = [
        *section_rules.headings(text),
        *section_rules.pictures(text, pictures),
        *section_rules.citations(text, keys),
        *section_rules.links(text),
        *section_rules.sentences(in_prose),
        *section_rules.doses(in_prose + in_cells),
    ]
    return _section_findings(index, section, notes), reading_of(in_prose), {key for key, _line in text.citations}


def _section_findings(index, section, notes):
    where = section_name(section)
    findings = [
        Finding(note.code, note.severity, where, note.what, Place("sections", index, "body", note.line, note.excerpt))
        for note in dict.fromkeys(notes)
    ]
    return _bounded(findings, where)


def _reference_findings(references, cited, today):
    rules = (
        reference_rules.uncited(references, cited),
        reference_rules.without_identifier(references),
        reference_rules.duplicates(references),
        reference_rules.unchecked(references, today),
    )
    findings = [
        Finding(
            code, Severity.WARNING, reference_name(references[index], index), what, Place("references", index, name)
        )
        for rule in rules
        for code, index, name, what in rule
    ]
    return _bounded(findings, _("References"))


def _bounded(findings, where):
    """Keep the first few of each code, and say how many more there are; `where` names all of them."""
    kept, left_out = {}, {}
    for finding in findings:
        alike = kept.setdefault(finding.code, [])
        if len(alike) < MOST_ALIKE:
            alike.append(finding)
        else:
            left_out[finding.code] = left_out.get(finding.code, 0) + 1
    for code, count in left_out.items():
        last = kept[code][-1]
        more = ngettext("There is %(count)d more like this.", "There are %(count)d more like this.", count)
        kept[code].append(replace(last, where=where, what=more % {"count": count}))
    return [finding for alike in kept.values() for finding in alike]
