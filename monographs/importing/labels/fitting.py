"""Sections within the bounds of the renderer: a text that is too long goes on in further sections."""

from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from monographs.importing.document import SectionText
from monographs.importing.labels.blocks import Heading, joined
from monographs.importing.labels.table_block import Table
from monographs.rendering import MAX_BRACKETS, MAX_COLUMNS, MAX_SOURCE, validate_source

GAP = 2
"""Characters between two blocks."""


def fitting_sections(heading, kind, blocks, line):
    """Return the sections that hold these blocks, "Side effects", "Side effects (2)" and so on."""
    texts = [joined(part) for part in _parts(list(_pieces(blocks)))]
    return [
        SectionText(
            heading if number == 1 else _("%(heading)s (%(number)d)") % {"heading": heading, "number": number},
            text,
            line,
            None,
            str(kind),
        )
        for number, text in enumerate(texts, start=1)
    ]


def is_too_wide(block):
    return isinstance(block, Table) and len(block.head) > MAX_COLUMNS


def _pieces(blocks):
    """Divide blocks that are too long for any section."""
    for block in blocks:
        halves = None if _fits(block) else block.halves()
        if halves:
            yield from _pieces(halves)
        else:
            yield block


def _fits(block):
    try:
        validate_source(block.markdown())
    except ValidationError:
        return False
    return True


def _parts(blocks):
    """Gather blocks into as few parts as hold them, beginning a part at a heading where one is near."""
    parts, part, size = [], [], _Size()
    for block in blocks:
        part.append(block)
        size += _Size.of(block)
        if size.is_too_much:
            cut = _cut_of(part)
            parts.append(part[:cut])
            part = part[cut:]
            size = _size_of(part)
    return [*parts, part] if part else parts


class _Size(NamedTuple):
    """How much of a section some blocks take."""

    characters: int = 0
    brackets: int = 0

    @classmethod
    def of(cls, block):
        text = block.markdown()
        return cls(len(text) + GAP, text.count("["))

    def __add__(self, other):
        return _Size(self.characters + other.characters, self.brackets + other.brackets)

    @property
    def is_too_much(self):
        return self.characters > MAX_SOURCE or self.brackets > MAX_BRACKETS


def _size_of(blocks):
    return sum(map(_Size.of, blocks), start=_Size())


def _cut_of(part):
    """Return where to end a part whose last block is too much: before the last heading of its second half, if any."""
    last = len(part) - 1
    headings = [index for index in range(max(1, last // 2), last + 1) if isinstance(part[index], Heading)]
    return headings[-1] if headings and not _size_of(part[headings[-1] :]).is_too_much else max(1, last)
