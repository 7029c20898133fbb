"""Plain text as Markdown that is rendered as the same text."""

import re

MEANT_ANYWHERE = re.compile(
    r"""
      [\\`*\[|]                                # escapes, code, emphasis, links, cells
    | (?<![^\W_])_ | _(?![^\W_])               # emphasis, but not the underscore inside a word
    | <(?!\s)                                  # addresses between angle brackets
    | &(?=\#?\w+;)                             # entities
    """,
    re.VERBOSE,
)
# Headings, quotations, lists, rules, underlines, fences, boxes and the second line of tables.
MEANT_AT_START = re.compile(r"[#+=~:-](?!\w)|>")
NUMBERED = re.compile(r"([0-9]{1,9})([.)])(?=\s|\Z)")


def escape_within(text):
    """Escape text that does not begin a line."""
    return MEANT_ANYWHERE.sub(r"\\\g<0>", text)


def escape_line(line):
    """Escape one line of text, given without spaces at its ends."""
    if numbered := NUMBERED.match(line):
        return rf"{numbered[1]}\{numbered[2]}{escape_within(line[numbered.end() :])}"
    return ("\\" if MEANT_AT_START.match(line) else "") + escape_within(line)


def escape_heading(text):
    """Escape the words of a heading, given on one line; hash signs at its end would close it."""
    return re.sub(r"#+\Z", lambda match: "\\#" * len(match[0]), escape_within(text))
