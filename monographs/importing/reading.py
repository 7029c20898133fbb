"""From a file to text, and from text to the documents in it."""

from pathlib import Path

from django.utils.translation import gettext as _

from monographs.importing.document import ImportProblem
from monographs.importing.json_form import parse_json
from monographs.importing.labels import parse_spl
from monographs.importing.markdown import parse_markdown
from monographs.importing.outline import parse_outline
from monographs.rendering import UNSEEN

MAX_BYTES = 2_000_000
MAX_RECORD_BYTES = 20_000_000
"""Of JSON and XML, which hold much besides the text, and JSON many medicines."""

MAX_LINES = 50_000
MARKDOWN_NAMES = (".md", ".markdown")
RECORD_NAMES = (".json", ".xml")
OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff")
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read_documents(path):
    """Read one file. Return a list with the Document, or the ImportProblem, of each medicine in it.

    A name or a beginning tells the form: JSON, XML, Markdown, otherwise an outline. Raises ImportProblem for a file
    that cannot be read at all.
    """
    path = Path(path)
    is_record = path.suffix.lower() in RECORD_NAMES
    return documents_in(path, _content_of(path, MAX_RECORD_BYTES if is_record else MAX_BYTES))


def documents_in(path, content):
    """Read the documents in the content of a file, as `read_documents` does."""
    name = path.suffix.lower()
    start = b"" if name in MARKDOWN_NAMES else content.removeprefix(BYTE_ORDER_MARK).lstrip()[:1]
    if name == ".json" or start == b"{":
        return parse_json(path, _decoded(path, content))
    if name == ".xml" or start == b"<":
        return [parse_spl(path, content)]
    text = _text_of(path, content)
    if name in MARKDOWN_NAMES or text.startswith("+++\n"):
        return [parse_markdown(path, text)]
    return [parse_outline(path, text)]


def _content_of(path, most):
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ImportProblem(path, None, _("The file cannot be opened: %(reason)s.") % {"reason": reason}) from None
    if len(content) > most:
        raise ImportProblem(path, None, _("The file is larger than %(most)d bytes. Divide it.") % {"most": most})
    if not content.removeprefix(BYTE_ORDER_MARK).strip():
        raise ImportProblem(path, 1, _("The file is empty."))
    return content


def _text_of(path, content):
    text = _decoded(path, content).replace("\r\n", "\n").replace("\r", "\n")
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
