"""The narrative text of a label: paragraphs, lists, tables, pictures and footnotes as blocks."""

from django.utils.translation import gettext as _

from monographs.importing.labels.blocks import Listing, Paragraph, Picture, Run
from monographs.importing.labels.fitting import is_too_wide
from monographs.importing.labels.inline import ADDRESS, plain_text
from monographs.importing.labels.raised import lowered, raised
from monographs.importing.labels.tables import read_table
from monographs.rendering import MAX_COLUMNS

BLOCKS = {"paragraph", "list", "table", "renderMultiMedia", "text", "item"}
STYLES = {"bold": "strong", "italics": "em", "underline": "em", "emphasis": "em"}
SIGNS = "*†‡§¶#"
"""Of footnotes, in the order that US labels use; then each twice, and so on."""

MAX_LIST_DEPTH = 6
"""Lists in lists; the renderer reads no deeper, and what is deeper stands beside what it belongs to."""


class Narrative:
    """Turns the nodes of one label into blocks.

    `picture_of(name)` returns (file name, description, whether the file is there) of the picture that a text refers
    to; the name is "" for one that is not known. `notes` gathers (line, sentence) pairs.
    """

    def __init__(self, picture_of=lambda name: ("", "", False)):
        self.picture_of, self.notes = picture_of, []
        self.signs, self.waiting = {}, []

    def blocks_of(self, node):
        """Return the blocks of one text, with its footnotes."""
        self.signs, self.waiting = {}, []
        return [*self._blocks(node, frozenset(), 0), *self._footnotes()]

    def _blocks(self, node, marks, depth):
        blocks, runs = [], []

        def end_paragraph():
            if plain_text(runs).strip():
                blocks.append(Paragraph(runs.copy()))
            runs.clear()

        for child in node.children:
            if not isinstance(child, str) and _holds_blocks(child):
                end_paragraph()
                blocks += self._block(child, marks, depth)
            else:
                leads_in = node.name == "paragraph" and getattr(child, "name", "") == "caption"
                runs += self._runs(child, marks | {"strong"} if leads_in else marks)
        end_paragraph()
        return blocks

    def _block(self, node, marks, depth):
        if node.name == "list":
            return self._list(node, marks, depth)
        if node.name == "table":
            return self._table(node)
        if node.name == "renderMultiMedia":
            return self._picture(node)
        return self._blocks(node, marks | _marks_of(node), depth)

    def _runs(self, child, marks):
        """Return the runs of a text or of an element within a line."""
        if isinstance(child, str):
            return [Run(child.replace("\n", " "), marks)]
        if child.name == "br":
            return [Run("\n")]
        if child.name in ("footnote", "footnoteRef"):
            return [Run(self._sign(child))]
        marks |= _marks_of(child)
        runs = [run for part in child.children for run in self._runs(part, marks)]
        if child.name == "caption":  # the words that lead in a paragraph, or the sign of an item
            return [*runs, Run(" ", marks)]
        if child.name in ("sub", "sup"):
            write = lowered if child.name == "sub" else raised
            return [run._replace(text=write(run.text)) for run in runs]
        if child.name == "linkHtml":
            href = child.get("href")
            return [run._replace(href=href) if ADDRESS.fullmatch(href) else run for run in runs]
        return runs

    def _sign(self, node):
        name = node.get("ID") or node.get("IDREF") or str(id(node))
        if name not in self.signs:
            turn, which = divmod(len(self.signs), len(SIGNS))
            self.signs[name] = SIGNS[which] * (turn + 1)
        if node.name == "footnote":
            self.waiting.append((self.signs[name], node))
        return self.signs[name]

    def _footnotes(self):
        blocks = []
        while self.waiting:
            sign, node = self.waiting.pop(0)
            first, *others = self._blocks(node, frozenset(), 0) or [Paragraph([])]
            if isinstance(first, Paragraph):
                blocks += [Paragraph([Run(f"{sign} "), *first.runs]), *others]
            else:
                blocks += [Paragraph([Run(sign)]), first, *others]
        return blocks

    def _list(self, node, marks, depth):
        blocks, items = [], []
        for child in node.children:
            if isinstance(child, str):
                if child.strip():
                    items.append([Paragraph([Run(child, marks)])])
            elif child.name == "caption":
                blocks.append(Paragraph(self._runs(child, marks | {"strong"})))
            elif item := self._blocks(child, marks | _marks_of(child), depth + 1):
                items.append(item)
        if depth >= MAX_LIST_DEPTH:
            return [*blocks, *(block for item in items for block in item)]
        return [*blocks, Listing(node.get("listType") == "ordered", items)] if items else blocks

    def _table(self, node):
        before = len(self.waiting)
        blocks = []
        for block in read_table(node, lambda cell: self._blocks(cell, _marks_of(cell), MAX_LIST_DEPTH - 1)):
            if is_too_wide(block):
                note = _("A table of %(columns)d columns is kept as a list; a table can have %(most)d.")
                self.notes.append((node.line, note % {"columns": len(block.head), "most": MAX_COLUMNS}))
                block = block.as_listing()
            blocks.append(block)
        elsewhere, self.waiting = self.waiting[:before], self.waiting[before:]
        blocks += self._footnotes()
        self.waiting = elsewhere
        return blocks

    def _picture(self, node):
        caption = " ".join(child.text for child in node.all("caption"))
        name, description, is_there = self.picture_of(node.get("referencedObject"))
        if is_there:
            return [Picture(name, description or caption, caption)]
        blocks = [Paragraph([Run(caption, frozenset({"strong"}))])] if caption else []
        if name:
            words = _("Picture: %(what)s (%(name)s)") if description else _("Picture: %(name)s")
            words %= {"what": description, "name": name}
            blocks.append(Paragraph([Run(words, frozenset({"em"}))]))
        return blocks


def _holds_blocks(node):
    if node.name in BLOCKS:
        return True
    if node.name in ("footnote", "caption"):
        return False
    return any(not isinstance(child, str) and _holds_blocks(child) for child in node.children)


def _marks_of(node):
    return frozenset(STYLES[style] for style in node.get("styleCode").lower().split() if style in STYLES)
