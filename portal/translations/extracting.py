"""Finds every message of the interface in code and templates, without any program besides Python."""

import ast
import io
from dataclasses import dataclass

from babel.messages.extract import extract
from django.utils.translation.template import templatize

from portal.paths import BASE_DIR
from portal.translations.places import ROOMS

TEMPLATES = BASE_DIR / "templates"
VERBS = {
    **dict.fromkeys(["_", "_gettext", "gettext", "gettext_lazy", "gettext_noop"], ("text",)),
    **dict.fromkeys(["ngettext", "ngettext_lazy"], ("text", "plural")),
    **dict.fromkeys(["pgettext", "pgettext_lazy"], ("context", "text")),
    **dict.fromkeys(["npgettext", "npgettext_lazy"], ("context", "text", "plural")),
}
"""What mark messages in code, and what their first arguments are."""


@dataclass(frozen=True)
class Place:
    """A message where it stands: `text` is it, or a pair of singular and plural."""

    text: str | tuple[str, str]
    context: str | None
    file: str
    room: str


def key_of(text, context):
    """Return what gettext looks a message up by: its context and its (singular) text."""
    return context or "", text if isinstance(text, str) else text[0]


def places():
    """Yield the Place of each message of the project, as often as it stands there, by room and file."""
    for room in ROOMS:
        for path in _files(room):
            name = path.relative_to(BASE_DIR).as_posix()
            for text, context in in_code(path) if path.suffix == ".py" else in_template(path):
                yield Place(text, context, name, room)


def in_code(path):
    """Yield text and context of each message; those within f-strings too, which other programs do not see."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in VERBS:
            names = VERBS[node.func.id]
            parts = {name: ast.literal_eval(part) for name, part in zip(names, node.args, strict=False)}
            plural = parts.get("plural")
            yield (parts["text"], plural) if plural else parts["text"], parts.get("context")


def in_template(path):
    """Yield the same of a template."""
    source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    # What is between two tags has become X's; without the indents it reads as Python.
    source = "\n".join(line.lstrip() for line in source.splitlines())
    for _line, text, _comments, context in extract("python", io.BytesIO(source.encode())):
        yield text, context


def templates():
    """Return the paths of all templates, sorted."""
    return sorted(path for path in TEMPLATES.rglob("*") if path.is_file())


def _files(room):
    code = sorted(path for path in (BASE_DIR / room).rglob("*.py") if "migrations" not in path.parts)
    return [*code, *(path for path in templates() if _room_of(path) == room)]


def _room_of(template):
    """Return the room that a template belongs to: templates/reviews/…, templates/admin/reviews/…"""
    first_two = template.relative_to(TEMPLATES).parts[:2]
    return next((part for part in first_two if part in ROOMS), "portal")
