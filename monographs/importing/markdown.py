"""The Markdown form: a title, a summary, and a section under each second-level heading.

    # Ketamine
    A medicine used mainly for anaesthesia.
    ## Medical uses
    - **Pain relief:** Low doses ease acute pain.

Front matter (front_matter.py) may stand above it; then everything that it leaves out is meant to be empty. It may
list the sections (stated_sections.py), for texts and kinds that headings alone cannot tell.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from monographs.importing.document import Document, ImportProblem, SectionText
from monographs.importing.front_matter import read_front_matter
from monographs.importing.parser import blocks_of, labels_used_in, words_of
from monographs.importing.stated_sections import with_texts
from monographs.importing.titles import suggest_title
from monographs.rendering import validate_source

NUMBERED = re.compile(r"([0-9]{1,3})[.)]\s+(?=\S)")


def parse_markdown(path, text):
    """Read the Markdown form. Raises ImportProblem."""
    front, text, above = read_front_matter(path, text)
    reader = _Reader(path, text, above)
    if front.sections is None and not reader.starts:
        raise ImportProblem(path, above + 1, _("No section heading such as “## Medical uses” was found."))
    title, summary, lines = reader.read_opening()
    if title and front.title and title != front.title:
        reason = _("This title differs from the one in the front matter. Keep one of the two.")
        raise ImportProblem(path, lines["title"], reason)
    if summary and front.summary:
        reason = _("The summary stands in the front matter already. Put this text under a heading.")
        raise ImportProblem(path, lines["summary"], reason)
    sections = reader.read_sections(front.sections)
    return Document(
        path=path,
        title=title or front.title,
        suggested_title=suggest_title(path, summary or front.summary or ""),
        slug=front.slug,
        summary=summary or front.summary,
        sections=sections,
        details=front.details,
        pictures=front.pictures,
        is_exact=front.is_exact,
        lines={**lines, **front.lines},
    )


class _Reader:
    """Reads the text below front matter, which begins `above` lines down its file."""

    def __init__(self, path, text, above):
        self.path, self.above, self.lines = path, above, text.split("\n")
        self.env = {}
        self.tokens = blocks_of(text, self.env)
        self.starts = [
            index for index, token in enumerate(self.tokens) if _is_heading(token, "h2") and token.markup == "##"
        ]

    def read_opening(self):
        """Return (title or "", summary or None, {"title": line, "summary": line})."""
        title, paragraphs, lines = "", [], {}
        tokens = iter(self.tokens[: self.starts[0]] if self.starts else self.tokens)
        for token in tokens:
            if token.type == "paragraph_open":
                lines.setdefault("summary", self._line(token.map[0]))
                paragraphs.append(self._words(next(tokens)))
            elif _is_heading(token, "h1") and not title:
                lines["title"] = self._line(token.map[0])
                title = self._words(next(tokens))
            elif token.nesting >= 0:
                reason = _("Only a title (# …) and plain paragraphs can stand above the first section (## …).")
                raise self._problem(token.map[0], reason)
        return title, "\n\n".join(paragraphs) or None, lines

    def read_sections(self, listed=None):
        """Return the sections, those that front matter lists or one for each heading.

        Without a list, numbers are left out of headings if they count them: the page has its own.
        """
        headings = [self._words(self.tokens[start + 1]) for start in self.starts]
        numbers = [NUMBERED.match(heading) for heading in headings]
        is_counted = all(number and int(number[1]) == count for count, number in enumerate(numbers, start=1))
        if listed is None and is_counted:
            headings = [NUMBERED.sub("", heading, count=1) for heading in headings]
        found = tuple(map(self._read_section, headings, self.starts, [*self.starts[1:], len(self.tokens)]))
        return found if listed is None else with_texts(self.path, listed, found)

    def _read_section(self, heading, start, end):
        for token in self.tokens[start:end]:
            if _is_heading(token, "h1"):
                raise self._problem(token.map[0], _("A file has one title (# …), above its sections (## …)."))
        first = self.tokens[start].map[1]
        last = self.tokens[end].map[0] if end < len(self.tokens) else len(self.lines)
        while first < last and not self.lines[first].strip():
            first += 1
        body = "\n".join(self.lines[first:last]).rstrip()
        self._check_bounds(first, body)
        body = self._with_definitions(body)
        return SectionText(heading, body, self._line(self.tokens[start].map[0]), self._line(first))

    def _with_definitions(self, body):
        """Add the link definitions that a section uses and another one holds, since each is rendered by itself."""
        definitions = self.env.get("references", {})
        own = {}
        if definitions:
            blocks_of(body, own)
        for label in sorted(labels_used_in(body, definitions) - own.get("references", {}).keys()):
            first, last = definitions[label]["map"]
            body += "\n\n" + "\n".join(line.strip() for line in self.lines[first:last])
        return body

    def _words(self, inline):
        self._check_bounds(inline.map[0], inline.content)
        words = words_of(inline, self.env)
        if words is None:
            reason = _("Only words can stand here. Put links, pictures and citations into the text of a section.")
            raise self._problem(inline.map[0], reason)
        return words

    def _check_bounds(self, line, source):
        try:
            validate_source(source)
        except ValidationError as error:
            raise self._problem(line, error.message) from None

    def _line(self, line):
        return self.above + line + 1

    def _problem(self, line, reason):
        return ImportProblem(self.path, self._line(line), reason)


def _is_heading(token, tag):
    return token.type == "heading_open" and token.tag == tag and token.level == 0
