"""The blocks of a label's text, how each is written as Markdown, and how one that is too long is divided in two."""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import quote

from monographs.importing.escaping import escape_heading, escape_within
from monographs.importing.labels.inline import Run, as_lines, halves_of

__all__ = ["Block", "Box", "Heading", "Listing", "Paragraph", "Picture", "Run", "Stack", "joined"]

DEEPEST_HEADING = 6


class Block:
    """A piece of text that stands by itself. `halves` returns two blocks, or None where nothing can be divided."""

    def markdown(self, *, is_second=False):
        """Return the Markdown. `is_second` sets a list apart from one right above it, which it would go on with."""
        raise NotImplementedError

    def halves(self):
        return None


def joined(blocks):
    """Return the Markdown of blocks, one below the other."""
    texts, previous, is_second = [], None, False
    for block in blocks:
        is_second = isinstance(block, Listing) and isinstance(previous, Listing) and not is_second
        texts.append(block.markdown(is_second=is_second))
        previous = block
    return "\n\n".join(filter(None, texts))


@dataclass
class Heading(Block):
    text: str
    level: int

    def markdown(self, *, is_second=False):
        return "#" * min(self.level, DEEPEST_HEADING) + " " + escape_heading(" ".join(self.text.split()))


@dataclass
class Paragraph(Block):
    runs: list[Run]

    def markdown(self, *, is_second=False):
        return self._text

    @cached_property
    def _text(self):
        return "\\\n".join(as_lines(self.runs))

    def halves(self):
        halves = halves_of(self.runs)
        return halves and tuple(map(Paragraph, halves))


@dataclass
class Picture(Block):
    """A picture file beside the label."""

    name: str
    alt: str
    caption: str

    def markdown(self, *, is_second=False):
        title = self.caption.translate(str.maketrans({character: "\\" + character for character in '\\"&'}))
        return f"![{escape_within(self.alt)}]({quote(self.name)}" + (f' "{title}")' if title else ")")


@dataclass
class Listing(Block):
    """A list; each item is made of blocks."""

    is_ordered: bool
    items: list[list[Block]]
    first: int = 1

    def markdown(self, *, is_second=False):
        items = [self._item(item, number, is_second) for number, item in enumerate(self.items, start=self.first)]
        is_tight = all(isinstance(block, Paragraph | Listing) for item in self.items for block in item)
        is_tight = is_tight and all(sum(isinstance(block, Paragraph) for block in item) < 2 for item in self.items)
        return ("\n" if is_tight else "\n\n").join(items)

    def _item(self, blocks, number, is_second):
        marker = f"{number}{')' if is_second else '.'} " if self.is_ordered else "* " if is_second else "- "
        text = joined(blocks)
        if len(blocks) == 2 and isinstance(blocks[0], Paragraph) and isinstance(blocks[1], Listing):
            text = f"{blocks[0].markdown()}\n{blocks[1].markdown()}"
        return marker + re.sub(r"\n(?=[^\n])", "\n" + " " * len(marker), text)

    def halves(self):
        if len(self.items) > 1:
            middle = len(self.items) // 2
            return replace(self, items=self.items[:middle]), replace(
                self, items=self.items[middle:], first=self.first + middle
            )
        blocks = self.items[0] if self.items else []
        halves = (blocks[:1], blocks[1:]) if len(blocks) > 1 else blocks and _halves_of_one(blocks[0])
        # What is left of an item goes on below the list: it is no item of its own.
        return halves and (replace(self, items=[halves[0]]), Stack(halves[1]))


def _halves_of_one(block):
    halves = block.halves()
    return halves and ([halves[0]], [halves[1]])


@dataclass
class Stack(Block):
    """Blocks one below the other."""

    blocks: list[Block]

    def markdown(self, *, is_second=False):
        return joined(self.blocks)

    def halves(self):
        if len(self.blocks) > 1:
            middle = len(self.blocks) // 2
            return replace(self, blocks=self.blocks[:middle]), replace(self, blocks=self.blocks[middle:])
        halves = self.blocks and self.blocks[0].halves()
        return halves and tuple(replace(self, blocks=[half]) for half in halves)


@dataclass
class Box(Stack):
    """A warning box."""

    def markdown(self, *, is_second=False):
        inner = joined(self.blocks)
        fence = ":::" + ":" * inner.count(":::")  # longer than that of a box in it
        return f"{fence} urgent\n{inner}\n{fence}"
