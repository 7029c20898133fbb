"""From a file to text, and from text to a document."""

from pathlib import Path

from django.utils.translation import gettext as _

from monographs.importing.document import ImportProblem
from monographs.importing.markdown import parse_markdown
from monographs.importing.outline import parse_outline
from monographs.rendering import UNSEEN

MAX_BYTES = 2_000_000
MAX_LINES = 50_000
MARKDOWN_NAMES = (".md", ".markdown")
OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff")


def read_document(path):
    """Read one file: Markdown when its name or its first line says so, otherwise an outline.

    Raises ImportProblem for whatever cannot be read.
    """
    path = Path(path)
    text = _text_of(path)
    if path.suffix.lower() in MARKDOWN_NAMES or text.startswith("+++\n"):
        return parse_markdown(path, text)
    return parse_outline(path, text)


def _text_of(path):
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ImportProblem(path, None, _("The file cannot be opened: %(reason)s.") % {"reason": reason}) from None
    if len(content) > MAX_BYTES:
        reason = _("The file is larger than %(most)d bytes. Divide it.") % {"most": MAX_BYTES}
        raise ImportProblem(path, None, reason)
    text = _decoded(path, content).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise ImportProblem(path, 1, _("The file is empty."))
    if text.count("\n") > MAX_LINES:
        raise ImportProblem(
            path, MAX_LINES, _("The file has more than %(most)d lines. Divide it.") % {"most": MAX_LINES}
        )
    if unseen := UNSEEN.search(text):
        reason = _("The character %(code)s cannot be shown on a page. Remove it.")
        raise ImportProblem(path, _line_at(text, unseen.start()), reason % {"code": f"U+{ord(unseen[0]):04X}"})
    return text


def _decoded(path, content):
    try:
        if content.startswith(OTHER_ENCODINGS):
            raise ImportProblem(path, 1, _("This is UTF-16 text. Save the file as UTF-8."))
        if b"\0" in content:
            line = content[: content.index(b"\0")].count(b"\n") + 1
            raise ImportProblem(path, line, _("This is not a text file: it holds a NUL character."))
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ImportProblem(path, line, _("This is not UTF-8 text. Save the file as UTF-8.")) from None


def _line_at(text, position):
    return text.count("\n", 0, position) + 1
