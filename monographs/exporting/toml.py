"""TOML for front matter: short values on one line, texts in lines as they are wherever TOML can hold them so."""

import json

from monographs.exporting.unseen import UNSEEN_OR_BREAKS, escaped
from monographs.importing.front_matter import FENCE, MAX_LINE

LONGEST = 800
"""Characters of a text on one line, and of a piece of a longer one: with every character escaped it still fits."""

QUOTE, LITERAL_QUOTE = '"""', "'''"
DATES = ("checked_on",)


def toml_of(values):
    """Return values as TOML: single values and lists of texts first, then tables. Empty ones are left out."""
    values = {key: value for key, value in values.items() if value not in ("", None)}
    tables = {key: value for key, value in values.items() if isinstance(value, dict) or _are_tables(value)}
    lines = [f"{key} = {_value(key, value)}" for key, value in values.items() if key not in tables]
    for key, value in tables.items():
        mark = f"[{key}]" if isinstance(value, dict) else f"[[{key}]]"
        for table in [value] if isinstance(value, dict) else value:
            lines += [
                "",
                mark,
                *(f"{name} = {_value(name, item)}" for name, item in table.items() if _is_kept(name, item)),
            ]
    return "\n".join(lines)


def _is_kept(name, value):
    """Whether a value of a table is written. An empty text of a section says that it is not below."""
    return name == "text" or value not in ("", None)


def _are_tables(value):
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _value(name, value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return "[" + "".join(f"\n  {_text(item)}," for item in value) + ("\n]" if value else "]")
    return value if name in DATES else _text(value)


def _text(text):
    if len(text) <= LONGEST and "\n" not in text:
        return _one_line(text)
    lines = text.split("\n")
    if all(_is_literal(line) for line in lines) and LITERAL_QUOTE not in text and not text.endswith("'"):
        return f"{LITERAL_QUOTE}\n{text}{LITERAL_QUOTE}"
    return f"{QUOTE}\n" + "\n".join(map(_escaped_line, lines)) + QUOTE


def _is_literal(line):
    """Whether a line can stand in a literal text: it has no escapes, and must not look like the end of front matter."""
    is_plain = "\r" not in line and not UNSEEN_OR_BREAKS.search(line) and line.rstrip() != FENCE
    return is_plain and len(line) <= MAX_LINE - len(LITERAL_QUOTE)


def _one_line(text):
    """Return a text between quotes. TOML reads the escapes that JSON writes, and wants some more."""
    return UNSEEN_OR_BREAKS.sub(escaped, json.dumps(text, ensure_ascii=False))


def _escaped_line(line):
    """Return one line of a longer text, itself in several lines where it is too long for one."""
    pieces = [line[start : start + LONGEST] for start in range(0, len(line), LONGEST)] or [""]
    written = [_one_line(piece)[1:-1] for piece in pieces]
    for number, piece in enumerate(pieces):
        if piece.rstrip() == FENCE:
            written[number] = r"\u002b" + written[number][1:]
        # A backslash at the end of a line takes away the spaces that follow it, so one that is meant is escaped.
        if number and piece[0] == " ":
            written[number] = r"\u0020" + written[number][1:]
    return "\\\n".join(written)
