"""Tables of a label, with cells that span others, as tables of equally long rows."""

from dataclasses import dataclass
from functools import cached_property

from monographs.importing.labels.blocks import Block, Paragraph, Run
from monographs.importing.labels.inline import plain_text, tidied
from monographs.importing.labels.one_line import in_one_line
from monographs.importing.labels.table_block import Cell, Table
from monographs.rendering import MAX_COLUMNS

MAX_SPAN = 1_000
MAX_CELLS = 60_000
MAX_GROWTH = 4
ROOM = 20_000
"""What is repeated may make the text of a table so many times longer, and by so many characters more."""


@dataclass
class _Written:
    """A cell as it is written, and how many columns and rows it stands for."""

    blocks: list[Block]
    width: int
    height: int

    @cached_property
    def cell(self):
        return Cell(in_one_line(self.blocks))

    @property
    def length(self):
        return len(plain_text(self.cell.runs))


def read_table(node, blocks_of):
    """Return the blocks that a table makes; `blocks_of(cell)` reads one cell.

    Its caption, and rows of a single cell at its beginning and end, become paragraphs above and below it. A cell
    that spans several columns or rows is repeated in each of them, so that every row can be read by itself, unless it
    fills its row. One column or one row is no table: it becomes the blocks of its cells, or a paragraph. So does a
    table that would grow out of proportion.
    """
    head, body, foot = (
        [_cells(row, blocks_of) for row in node.all(name, "tr")] for name in ("thead", "tbody", "tfoot")
    )
    body += [_cells(row, blocks_of) for row in node.all("tr")]
    above = [block for caption in node.all("caption") for block in _bold(blocks_of(caption))]
    width = max(map(_width, (head, body, foot)))
    if width == 1 or _grows_too_much(head or body[:1], [*head, *body, *foot], width):
        return [*above, *_blocks_in([*head, *body, *foot])]
    while (rows := head or body) and _is_title(rows[0], width):
        above += _blocks_in([rows.pop(0)])
    below = [row for row in foot if _is_title(row, width)]
    body += [row for row in foot if not _is_title(row, width)]
    while body and _is_title(body[-1], width):
        below.insert(0, body.pop())
    if len(head) + len(body) < 2:
        return [*above, *_as_paragraphs([*head, *body]), *_blocks_in(below)]
    heads = _grid(head or [body.pop(0)], width, fills_row=True)
    columns = zip(*heads, strict=True)
    table = Table([_together(column) for column in columns], _grid(body, width, fills_row=False))
    return [*above, table, *_blocks_in(below)]


def _cells(row, blocks_of):
    return [
        _Written(blocks_of(cell), _span(cell, "colspan"), _span(cell, "rowspan"))
        for cell in row.children
        if getattr(cell, "name", None) in ("td", "th")
    ]


def _span(cell, name):
    value = cell.get(name).strip()
    return min(int(value), MAX_SPAN) if value.isascii() and value.isdigit() and len(value) < 10 and int(value) else 1


def _blocks_in(rows):
    return [block for row in rows for cell in row for block in cell.blocks]


def _as_paragraphs(rows):
    return [Paragraph(in_one_line(_blocks_in([row]))) for row in rows]


def _is_title(row, width):
    return not row or (len(row) == 1 and row[0].width >= width)


def _bold(blocks):
    for block in blocks:
        if isinstance(block, Paragraph):
            block.runs = [run._replace(marks=run.marks | {"strong"}) for run in block.runs]
    return blocks


def _grows_too_much(head, rows, width):
    """Whether the cells of a table are too many, or those that are repeated too long for what is written."""
    if width * len(rows) > MAX_CELLS:
        return True
    written = [cell for row in rows for cell in row]
    length = sum(cell.length * cell.width * min(cell.height, len(rows)) for cell in written)
    if width > MAX_COLUMNS:  # each row of the list that it becomes repeats the heads
        length += len(rows) * sum(cell.length * cell.width for row in head for cell in row)
    return length > MAX_GROWTH * sum(cell.length for cell in written) + ROOM


def _width(rows):
    if sum(cell.width * min(cell.height, len(rows)) for row in rows for cell in row) > MAX_CELLS:
        return MAX_CELLS + 1
    return max((column + 1 for _row, column in _placed(rows)), default=0)


def _placed(rows):
    """Return {(row, column): (cell, whether this is its first place)}."""
    places = {}
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while (number, column) in places:
                column += 1
            for down in range(min(cell.height, len(rows) - number)):
                for right in range(cell.width):
                    places[number + down, column + right] = cell, not (down or right)
            column += cell.width
    return places


def _grid(rows, width, *, fills_row):
    """Return rows of cells, each as wide as the table. `fills_row` repeats even a cell that is as wide as that."""
    empty = Cell([])
    grid = [[empty] * width for _row in rows]
    for (row, column), (written, is_first) in _placed(rows).items():
        if is_first or fills_row or written.width < width:
            grid[row][column] = written.cell
    return grid


def _together(cells):
    """Return the heads of one column as one cell, from the top; one that spans several rows counts once."""
    heads = {id(cell): cell for cell in cells}.values()
    return Cell(tidied(run for cell in heads for run in [Run(" "), *cell.runs]))
