"""A table as Markdown, and as a list where it is too wide for one."""

from dataclasses import dataclass, replace
from functools import cached_property

from monographs.importing.labels.blocks import Block, Listing, Paragraph
from monographs.importing.labels.inline import Run, as_line


@dataclass
class Cell:
    """One line of text in a table."""

    runs: list[Run]

    @cached_property
    def text(self):
        return as_line(self.runs)


@dataclass
class Table(Block):
    """The heads of some columns, and rows that are equally long."""

    head: list[Cell]
    rows: list[list[Cell]]

    def markdown(self, *, is_second=False):
        rule = "| " + " | ".join("---" for _cell in self.head) + " |"
        return "\n".join([_row(self.head), rule, *map(_row, self.rows)])

    def as_listing(self):
        """The same words as a list: an item for each row, with the head of its column before each cell."""
        items = []
        for row in self.rows or [[Cell([]) for _cell in self.head]]:
            lines = [_named(head.runs, cell.runs) for head, cell in zip(self.head, row, strict=True)]
            first, *others = [[Paragraph(line)] for line in lines if line] or [[Paragraph([])]]
            items.append([*first, Listing(False, others)] if others else first)
        return Listing(False, items)

    def halves(self):
        if len(self.rows) < 2:
            return self.as_listing().halves()
        middle = len(self.rows) // 2
        return replace(self, rows=self.rows[:middle]), replace(self, rows=self.rows[middle:])


def _row(cells):
    return "| " + " | ".join(cell.text for cell in cells) + " |"


def _named(head, runs):
    return [*head, Run(": "), *runs] if head else runs
