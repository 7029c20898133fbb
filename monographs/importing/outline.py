"""The outline form: opening paragraphs, numbered headings, items with a dash, and an empty Reviews block.

    Ketamine is a medicine used mainly for anaesthesia.
    1. Medical Uses:
    - Pain relief: Low doses ease acute pain.
    Reviews
    There are no reviews yet.

A line goes on from the one above it when it is indented, or when the one above does not end a sentence.
"""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from monographs.importing.blocks import SENTENCE_END, as_markdown, as_plain_text, read_blocks
from monographs.importing.document import Document, ImportProblem, SectionText
from monographs.importing.titles import split_title, suggest_title

HEADING = re.compile(r"(?P<number>[0-9]{1,3})[.)]\s+(?P<words>\S.*?)\s*(?P<colon>:?)")
MAX_HEADING_LINE = 130
REVIEWS = re.compile(r"reviews(?: \(0\))?:?", re.IGNORECASE)
NO_REVIEWS = re.compile(r"there are no reviews yet\.?", re.IGNORECASE)


@dataclass
class _Section:
    heading: str
    line: int
    lines: list[tuple[int, str]] = field(default_factory=list)


def parse_outline(path, text):
    """Read the outline form. Raises ImportProblem."""
    lines = _without_reviews(path, list(enumerate(text.split("\n"), start=1)))
    opening, sections = _split(path, lines)
    title, opening = split_title(opening)
    summary = as_plain_text(read_blocks(path, opening))
    return Document(
        path=path,
        title=title,
        suggested_title=suggest_title(path, summary),
        summary=summary or None,
        sections=tuple(_read_section(path, section) for section in sections),
        lines={"title": 1, "summary": next((number for number, line in opening if line.strip()), 1)},
    )


def _without_reviews(path, lines):
    """Leave out the empty Reviews block at the end. Reviews with text are refused: nobody has moderated them."""
    for index, (number, line) in enumerate(lines):
        if REVIEWS.fullmatch(line.strip()):
            rest = [text.strip() for _number, text in lines[index + 1 :] if text.strip()]
            if len(rest) == 1 and NO_REVIEWS.fullmatch(rest[0]):
                return lines[:index]
            reason = _(
                "Only “There are no reviews yet.” can follow “Reviews”. Reviews cannot be imported: remove them."
            )
            raise ImportProblem(path, number, reason)
    return lines


def _split(path, lines):
    opening, sections, after_number = [], [], False
    for number, line in lines:
        match = HEADING.fullmatch(line.rstrip()) if len(line) <= MAX_HEADING_LINE else None
        if match and _reads_as_heading(match, after_number):
            expected = len(sections) + 1
            if int(match["number"]) == expected:
                sections.append(_Section(match["words"], number))
                after_number = False
                continue
            if match["colon"] and not after_number:
                reason = _("This heading has number %(number)s where %(expected)d is next. Number headings 1, 2, 3 …")
                raise ImportProblem(path, number, reason % {"number": match["number"], "expected": expected})
        if line.strip():
            after_number = bool(match)
        (sections[-1].lines if sections else opening).append((number, line))
    if not sections:
        reason = _(
            "No numbered heading such as “1. Medical uses:” was found. If this is Markdown, give it a name that ends "
            "in .md."
        )
        raise ImportProblem(path, 1, reason)
    return opening, sections


def _reads_as_heading(match, after_number):
    """Whether a numbered line is a heading. Without a colon it could be a sentence, or an item of a numbered list."""
    return bool(match["colon"]) or not (after_number or SENTENCE_END.search(match["words"]))


def _read_section(path, section):
    body = as_markdown(read_blocks(path, section.lines))
    return SectionText(section.heading, body, section.line, section.line + 1)
