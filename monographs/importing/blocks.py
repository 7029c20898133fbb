"""The paragraphs and items of an outline, and how they are written as Markdown and as plain text."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from monographs.importing.document import ImportProblem
from monographs.importing.escaping import escape_line, escape_within

ITEM = re.compile(r"[-•]\s+(\S.*)")
MAX_DEPTH = 4
CLOSING = r"[\"'”’)\]]*"
SENTENCE_END = re.compile(rf"[.!?…]{CLOSING}(\s|\Z)")
PARAGRAPH_END = re.compile(rf"[.!?…:]{CLOSING}\Z")
# The space after the colon is one that lets Markdown end the bold text there.
LEAD_IN = re.compile(r"(?P<words>[^:]{1,60}):(?=[ \t]|\Z)")


@dataclass
class Block:
    """A paragraph or an item that stands inside `depth` items."""

    depth: int
    is_item: bool
    lines: list[str]


def read_blocks(path, lines):
    """Divide (number, text) lines into blocks. Raises ImportProblem for items nested too deep."""
    blocks, indents, is_apart = [], [], True
    for number, line in lines:
        text = line.strip()
        if not text:
            is_apart = True
            continue
        indent = _indent_of(line)
        item = ITEM.fullmatch(text)
        if not item and not is_apart and (indent or not PARAGRAPH_END.search(blocks[-1].lines[-1])):
            blocks[-1].lines.append(text)
            continue
        while indents and indents[-1] >= indent:
            indents.pop()
        if len(indents) == MAX_DEPTH:
            reason = _("This line stands inside more than %(most)d items. Write it further to the left.")
            raise ImportProblem(path, number, reason % {"most": MAX_DEPTH - 1})
        blocks.append(Block(len(indents), bool(item), [item[1] if item else text]))
        if item:
            indents.append(indent)
        is_apart = False
    return blocks


def _indent_of(line):
    line = line.expandtabs(4)
    return len(line) - len(line.lstrip())


def as_plain_text(blocks):
    """Return blocks as plain text: each paragraph and item on one line, items with their dash."""
    return _join(blocks, lambda block: ("- " if block.is_item else "") + " ".join(block.lines))


def as_markdown(blocks):
    """Return blocks as Markdown that shows the same text; the lead-in of an item is bold."""
    return _join(blocks, _block_as_markdown)


def _join(blocks, write):
    parts = []
    for index, block in enumerate(blocks):
        if index:
            parts.append("\n" if block.is_item and blocks[index - 1].is_item else "\n\n")
        parts.append(write(block))
    return "".join(parts)


def _block_as_markdown(block):
    lines = [escape_line(line) for line in block.lines]
    if block.is_item and (words := _lead_in_of(block)):
        lines[0] = f"**{escape_within(words)}:**{escape_within(block.lines[0][len(words) + 1 :])}"
    indent = "  " * block.depth
    if block.is_item:
        return f"{indent}- " + f"\n{indent}  ".join(lines)
    return indent + f"\n{indent}".join(lines)


def _lead_in_of(block):
    """Return the few words before the first colon of an item that goes on after it, or None."""
    first = block.lines[0]
    match = LEAD_IN.match(first)
    if not match or SENTENCE_END.search(match["words"]) or (match.end() == len(first) and len(block.lines) == 1):
        return None
    return match["words"]
