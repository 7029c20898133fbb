"""A part of a label whose structure was flattened to one line of words, divided again where that can be known."""

import re
from itertools import pairwise

from monographs.importing.document import ImportProblem
from monographs.importing.labels.blocks import Paragraph, Run
from monographs.importing.labels.xml_tree import read_xml

TAG = re.compile(r"<[^<>]*>")
NUMBER = re.compile(r"(\d{1,2})\s")


def flat(text):
    """Return a text with single spaces."""
    return " ".join(text.split())


class FlatTable:
    """A table given as XML, whose words stand in a flat text too."""

    def __init__(self, path, line, source):
        self.is_placed = False
        try:
            self.node = read_xml(path, source.encode(), line=line)
            self.words = _squeezed(self.node.text)
        except ImportProblem:  # no table, but its words count
            self.node, self.source = None, flat(TAG.sub(" ", source))
            self.words = _squeezed(self.source)

    def is_in(self, text):
        return self.words in _squeezed(text)

    def blocks(self, narrative):
        """Return it as blocks. What could not be read as XML is text."""
        if self.node is None:
            return [Paragraph([Run(self.source)])] if self.words else []
        root = type(self.node)("text", "", {}, self.node.line, [self.node])
        return narrative.blocks_of(root)


def blocks_of_flat(text, tables, within, narrative):
    """Return the blocks of a flat text: paragraphs, and the tables whose words are found in it, in their order.

    A paragraph begins where one of the texts `within` begins or ends, and at the numbers of its own parts: "6.1" in a
    text that begins with "6".
    """
    places = [position for position, character in enumerate(text) if not character.isspace()]
    squeezed = _squeezed(text)
    cuts = _cuts(text, within)
    blocks, start, searched = [], 0, 0
    for table in tables:
        found = -1 if table.is_placed or not table.words else squeezed.find(table.words, searched)
        if found >= 0:
            table.is_placed, searched = True, found + len(table.words)
            blocks += _paragraphs(text, start, places[found], cuts)
            blocks += table.blocks(narrative)
            start = places[searched - 1] + 1
    return blocks + _paragraphs(text, start, len(text), cuts)


def _squeezed(text):
    return "".join(text.split())


def _cuts(text, within):
    cuts = set()
    for other in within:
        position = text.find(other)
        cuts |= {position, position + len(other)}
    number, part = NUMBER.match(text), 1
    if number:
        for match in re.finditer(rf"(?<!\S){number[1]}\.(\d{{1,2}})\s(?=[A-Z])", text):
            if int(match[1]) == part and _before(text, match.start()) not in "([,;–-":
                cuts.add(match.start())
                part += 1
    return cuts


def _before(text, position):
    """Return the last character before a place that is no space, or ""."""
    return text[max(0, position - 9) : position].rstrip()[-1:]


def _paragraphs(text, start, end, cuts):
    """Return the text between two places as paragraphs that begin at the cuts in it."""
    edges = [start, *sorted(cut for cut in cuts if start < cut < end), end]
    pieces = [text[first:last].strip() for first, last in pairwise(edges)]
    return [Paragraph([Run(piece)]) for piece in pieces if piece]
