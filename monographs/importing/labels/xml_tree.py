"""XML as a tree of nodes that know their line: without entities, without anything from elsewhere, and bounded."""

import re
from dataclasses import dataclass, field
from io import BytesIO
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler, feature_namespaces

from defusedxml import DefusedXmlException
from defusedxml.expatreader import create_parser
from django.utils.translation import gettext as _

from monographs.importing.document import ImportProblem
from monographs.rendering import UNSEEN

MAX_NODES = 300_000
MAX_DEPTH = 60


@dataclass
class Node:
    """An element: its name without namespace, its attributes, and the nodes and texts in it."""

    name: str
    namespace: str
    attributes: dict[str, str]
    line: int
    children: list = field(default_factory=list)

    def all(self, *path):
        """Return the nodes at the end of a path of names below this one."""
        nodes = [self]
        for name in path:
            nodes = [child for node in nodes for child in node.children if getattr(child, "name", None) == name]
        return nodes

    def one(self, *path):
        """Return the first node at the end of a path, or None."""
        return next(iter(self.all(*path)), None)

    def below(self, name):
        """Return every node of a name below this one, at any depth, in order."""
        found = []
        for child in self.children:
            if isinstance(child, Node):
                found += [child] if child.name == name else []
                found += child.below(name)
        return found

    @property
    def text(self):
        """All text in it, with single spaces."""
        return re.sub(r"[ \t\r\n]+", " ", "".join(self._texts())).strip()

    def _texts(self):
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield from [" "] if child.name == "br" else child._texts()

    def get(self, name):
        return self.attributes.get(name, "")


def read_xml(path, content, *, line=None):
    """Return the root of an XML document given as bytes. Raises ImportProblem.

    `line` is that of the whole where the XML is a piece of another file, whose own lines mean nothing.
    """
    builder = _Builder(path, line)
    parser = create_parser(forbid_dtd=True)
    parser.setFeature(feature_namespaces, True)
    parser.setContentHandler(builder)
    try:
        parser.parse(BytesIO(content))
    except SAXParseException as error:
        reason = _("This is not XML that can be read: %(reason)s.") % {"reason": error.getMessage()}
        raise ImportProblem(path, line or error.getLineNumber(), reason) from None
    except DefusedXmlException:
        reason = _("This XML declares a document type or entities, which can reach other files. Remove them.")
        raise ImportProblem(path, line or builder.line, reason) from None
    except (ValueError, LookupError) as error:
        reason = _("This is not XML that can be read: %(reason)s.") % {"reason": error}
        raise ImportProblem(path, line or 1, reason) from None
    return builder.root


class _Builder(ContentHandler):
    def __init__(self, path, fixed_line):
        super().__init__()
        self.path, self.fixed_line, self.root, self.open, self.count = path, fixed_line, None, [], 0

    @property
    def line(self):
        return self.fixed_line or self._locator.getLineNumber()

    def startElementNS(self, name, qname, attributes):  # noqa: N802, as SAX calls it
        self.count += 1
        if self.count > MAX_NODES:
            reason = _("This XML has more than %(most)d elements. Divide it.") % {"most": MAX_NODES}
            raise ImportProblem(self.path, self.line, reason)
        if len(self.open) == MAX_DEPTH:
            reason = _("This element stands inside %(most)d others, which is more than can be read.")
            raise ImportProblem(self.path, self.line, reason % {"most": MAX_DEPTH})
        values = {local: attributes.getValue((space, local)) for space, local in attributes.getNames()}
        self._refuse_unseen("".join(values.values()))
        node = Node(name[1], name[0] or "", values, self.line)
        if self.open:
            self.open[-1].children.append(node)
        else:
            self.root = node
        self.open.append(node)

    def endElementNS(self, name, qname):  # noqa: N802
        self.open.pop()

    def characters(self, content):
        self._refuse_unseen(content)
        self.open[-1].children.append(content)

    def _refuse_unseen(self, content):
        if unseen := UNSEEN.search(content):
            reason = _("The character %(code)s cannot be shown on a page. Remove it.")
            raise ImportProblem(self.path, self.line, reason % {"code": f"U+{ord(unseen[0]):04X}"})
