"""Sections that front matter lists, each with its text: its own, or that of the next heading in the Markdown below."""

from django.utils.translation import gettext as _

from monographs.importing.document import ImportProblem, SectionText


def with_texts(path, rows, found):
    """Return the listed sections with their texts. `found` are the sections of the Markdown, in order.

    Raises ImportProblem unless the headings of the Markdown are those of the rows without a text.
    """
    found = iter(found)
    sections = tuple(_section(path, row, found) for row in rows)
    for section in found:
        reason = _("“%(heading)s” is not among the [[sections]] in the front matter. List it there, or list none.")
        raise ImportProblem(path, section.line, reason % {"heading": section.heading})
    return sections


def _section(path, row, found):
    heading, kind = row.values["heading"], row.values.get("kind", "")
    if "text" in row.values:
        return SectionText(heading, row.values["text"], row.line, row.line, kind)
    section = next(found, None)
    if section is None:
        reason = _("This section has no text. Write it here as “text”, or below under a heading “## %(heading)s”.")
        raise ImportProblem(path, row.line, reason % {"heading": heading})
    if section.heading != heading:
        reason = _("“%(found)s” stands where the front matter lists “%(heading)s”. Make the two agree.")
        raise ImportProblem(path, section.line, reason % {"found": section.heading, "heading": heading})
    return SectionText(heading, section.body, section.line, section.body_line, kind)
