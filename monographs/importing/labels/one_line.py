"""Blocks as one line of text, for the cells of tables."""

from monographs.importing.labels.blocks import Listing, Paragraph, Picture, Run, Stack
from monographs.importing.labels.inline import plain_text, tidied
from monographs.importing.labels.table_block import Table


def in_one_line(blocks):
    """Return blocks as the runs of one line; items of lists keep a sign or a number."""
    runs = []
    for block in blocks:
        for line in _lines_of(block):
            runs += [Run(" "), *(run if run.text != "\n" else Run(" ") for run in line)]
    return tidied(runs) if plain_text(runs).strip() else []


def _lines_of(block):
    if isinstance(block, Paragraph):
        yield block.runs
    elif isinstance(block, Picture):
        yield [Run(f"{block.alt} ({block.name})")]
    elif isinstance(block, Listing):
        for number, item in enumerate(block.items, start=1):
            yield [Run(f"{number}." if block.is_ordered else "•"), Run(" "), *in_one_line(item)]
    elif isinstance(block, Table):
        for row in [block.head, *block.rows]:
            yield from (cell.runs for cell in row)
    elif isinstance(block, Stack):
        yield in_one_line(block.blocks)
