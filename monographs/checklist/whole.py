"""The rules about a monograph as a whole: what every one has, its summary and its lead picture."""

from django.utils.translation import gettext as _

from monographs.checklist import sections as section_rules
from monographs.checklist.finding import Finding, Place, Severity, section_name
from monographs.checklist.sentences import sentences_of
from monographs.checklist.text import Passage


def missing_parts(contents):
    """Return errors about what every monograph has: title, summary, sections with heading and text."""
    found = []

    def error(code, what, place, where=""):
        found.append(Finding(code, Severity.ERROR, where, what, place))

    if not contents["title"].strip():
        error("no_title", _("The monograph has no title."), Place(field="title"))
    if not contents["summary"].strip():
        error("no_summary", _("The monograph has no summary."), Place(field="summary"))
    if not contents["sections"]:
        error("no_sections", _("The monograph has no sections."), Place("sections"))
    for index, section in enumerate(contents["sections"]):
        if not section["heading"].strip():
            error("no_heading", _("It has no heading."), Place("sections", index, "heading"), section_name(section))
        if not section["source"].strip():
            what = _("It has no text. Write some, or remove the section.")
            error("no_text", what, Place("sections", index, "body"), section_name(section))
    return found


def summary(text):
    """Yield warnings about the words of the summary."""
    found = sentences_of(Passage(text, 1))
    for note in (*section_rules.sentences(found), *section_rules.doses(found)):
        place = Place(field="summary", line=note.line, excerpt=note.excerpt)
        yield Finding(note.code, note.severity, _("Summary"), note.what, place)


def lead_picture(picture):
    """Yield what the words for the lead picture lack, if there is one."""
    if not picture:
        return
    where, place = _("Lead picture"), Place(field="lead_picture_alt")
    if not picture["alt"].strip():
        what = _("It has no text for people who cannot see it.")
        yield Finding("picture_without_words", Severity.ERROR, where, what, place)
    elif section_rules.is_file_name(picture["alt"].strip(), picture["path"]):
        what = section_rules.words_are_file_name(picture["alt"])
        yield Finding("file_name_as_words", Severity.WARNING, where, what, place)
