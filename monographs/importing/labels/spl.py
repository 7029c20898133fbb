"""SPL, the XML of structured product labels (HL7 v3), as DailyMed offers them.

A part's LOINC code tells its section (parts.py); parts within it become headings, and parts that are not listed keep
a section of their own. Pictures that lie beside the file come along. Highlights stand below the part they belong to.
"""

import re

from django.utils.translation import gettext as _

from monographs.importing.document import Document, ImportProblem
from monographs.importing.labels.blocks import Box, Heading
from monographs.importing.labels.narrative import Narrative
from monographs.importing.labels.parts import BOXED_CODE, KIND_OF_CODE, TOP_LEVEL, Part, sections_of
from monographs.importing.labels.pictures import PicturesBeside
from monographs.importing.labels.spl_product import read_product
from monographs.importing.labels.xml_tree import read_xml
from monographs.importing.titles import suggest_title
from monographs.models import Section

UNCLASSIFIED = "42229-5"
NAMESPACE = "urn:hl7-org:v3"


def parse_spl(path, content):
    """Read one SPL document, given as bytes. Raises ImportProblem."""
    root = read_xml(path, content)
    if (root.name, root.namespace) != ("document", NAMESPACE):
        reason = _("This XML begins with “%(name)s”. A drug label in SPL begins with “document” in %(namespace)s.")
        raise ImportProblem(path, root.line, reason % {"name": root.name[:60], "namespace": NAMESPACE})
    pictures = PicturesBeside(path, root)
    reader = _Reader(Narrative(pictures.named))
    parts = [
        part for node in root.all("component", "structuredBody", "component", "section") for part in reader.parts(node)
    ]
    if not parts:
        raise ImportProblem(path, root.line, _("This label has no text."))
    parts += reader.title_of(root)
    product = read_product(root)
    return Document(
        path=path,
        sections=sections_of(parts),
        suggested_title=product.title or suggest_title(path, ""),
        suggested_summary=product.summary,
        details=product.details(),
        notes=(*reader.narrative.notes, *pictures.notes(), *((None, note) for note in product.notes)),
    )


class _Reader:
    """Reads the sections of one label into parts."""

    def __init__(self, narrative):
        self.narrative = narrative

    def parts(self, node):
        """Return the parts that a section makes: none if it is empty, those within it if it is only their wrapper."""
        kind, title = KIND_OF_CODE.get(_code_of(node), Section.Kind.OTHER), _title_of(node)
        within = node.all("component", "section")
        if kind == Section.Kind.OTHER and not (title or node.one("text") or node.one("excerpt")):
            return [part for section in within for part in self.parts(section)]
        blocks = self._blocks(node, TOP_LEVEL if kind == Section.Kind.OTHER else TOP_LEVEL + 1)
        if not blocks and not title:
            return []
        if kind == Section.Kind.OTHER:
            title = title or _name_of(node)
        return [Part(kind, title, blocks, node.line)]

    def title_of(self, root):
        """Return the title of the whole label as a part."""
        title = root.one("title")
        blocks = self.narrative.blocks_of(title) if title else []
        return [Part(Section.Kind.OTHER, _("About this label"), blocks, title.line)] if blocks else []

    def _blocks(self, node, level):
        """Return the text of a section and of those within it, whose headings have this level."""
        blocks = [block for text in node.all("text") for block in self.narrative.blocks_of(text)]
        for section in node.all("component", "section"):
            title = _title_of(section)
            inner = [Heading(title, level)] if title else []
            blocks += [*inner, *self._blocks(section, level + 1 if title else level)]
        highlights = [
            block for text in node.all("excerpt", "highlight", "text") for block in self.narrative.blocks_of(text)
        ]
        if highlights:
            blocks += [Heading(_("Highlights"), level), *highlights] if blocks else highlights
        return [Box(blocks)] if blocks and _code_of(node) == BOXED_CODE else blocks


def _code_of(node):
    code = node.one("code")
    return code.get("code") if code else ""


def _name_of(node):
    """Return what the code of a section says in words, for one without a title."""
    code = node.one("code")
    name = code.get("displayName") if code and code.get("code") != UNCLASSIFIED else ""
    name = re.sub(r"^spl | section$", "", name, flags=re.IGNORECASE).replace(".", ": ")
    return name.capitalize() if name.isupper() else name


def _title_of(node):
    title = node.one("title")
    return title.text if title else ""
