"""SPL labels for tests, and how they are read."""

import html
import re
from pathlib import Path

import pytest

from monographs.importing import ImportProblem, documents_in
from monographs.rendering import render

SAMPLE = Path(__file__).parent / "samples" / "velmorine-spl.xml"
FRAME = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<document xmlns="urn:hl7-org:v3"><component><structuredBody>\n'
    "{}\n</structuredBody></component></document>"
)


def section(text, *, code="34084-4", title="6 REACTIONS", within=""):
    title = f"<title>{title}</title>" if title else ""
    return f'<component><section><code code="{code}"/>{title}<text>{text}</text>{within}</section></component>'


def read(*sections, name="label.xml"):
    (document,) = documents_in(Path(name), FRAME.format("\n".join(sections)).encode())
    return document


def body_of(text, **options):
    """The Markdown of one part's text."""
    return read(section(text, title="", **options)).sections[0].body


def problem_of(content):
    with pytest.raises(ImportProblem) as caught:
        documents_in(Path("label.xml"), content if isinstance(content, bytes) else content.encode())
    return caught.value


def shown(markdown):
    """What a reader sees of some Markdown, tags taken out without a trace."""
    return html.unescape(re.sub(r"<[^>]+>", "", render(markdown).html))


def squeezed(text):
    return "".join(text.split())
