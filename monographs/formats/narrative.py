"""From the HTML of a section to a FHIR narrative: well-formed XHTML of the elements and attributes that FHIR allows.

FHIR R5, "Narrative", rule txt-1: the formatting elements of HTML 4.0 chapters 7 to 11 and 15, links and images.
"""

from html.parser import HTMLParser
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, TreeBuilder, tostring

from monographs.one_line import NOT_IN_XML

ELEMENTS = set(
    "a abbr b blockquote br caption code dd div dl dt em h3 h4 h5 h6 hr i img li ol p pre span strong sub sup table "
    "tbody td th thead tr ul".split()
)
RENAMED = {"figure": "div", "figcaption": "p", "section": "div"}
VOID = {"br", "hr", "img"}
EVERYWHERE = {"class", "id", "title"}
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt", "width", "height"}, "th": {"scope", "colspan"}, "td": {"colspan"}}
ADDRESSES = {"href", "src"}


def narrative(html, *, base, language):
    """Return a FHIR Narrative of an HTML fragment that the renderer made; `base` is the page that it belongs to.

    What FHIR does not allow is left out or renamed; the text in it stays. Addresses become absolute, except those of
    places on the same page.
    """
    writer = _Writer(base)
    writer.feed(NOT_IN_XML.sub("", html))
    writer.close()
    root = writer.root()
    root.attrib |= {"xmlns": "http://www.w3.org/1999/xhtml", "lang": language, "xml:lang": language}
    return {"status": "additional", "div": tostring(root, encoding="unicode")}


class _Writer(HTMLParser):
    def __init__(self, base):
        super().__init__(convert_charrefs=True)
        self.base = base
        self.open = []
        self.tree = TreeBuilder()
        self.tree.start("div", {})

    def root(self) -> Element:
        while self.open:
            self.tree.end(self.open.pop())
        self.tree.end("div")
        return self.tree.close()

    def handle_starttag(self, tag, attrs):
        tag = RENAMED.get(tag, tag)
        if tag not in ELEMENTS:
            return
        self.tree.start(tag, {name: self._value(name, value or "") for name, value in attrs if _is_allowed(tag, name)})
        if tag in VOID:
            self.tree.end(tag)
        else:
            self.open.append(tag)

    def handle_endtag(self, tag):
        tag = RENAMED.get(tag, tag)
        if tag not in self.open:
            return
        while (closed := self.open.pop()) != tag:
            self.tree.end(closed)
        self.tree.end(tag)

    def handle_data(self, data):
        self.tree.data(data)

    def _value(self, name, value):
        return urljoin(self.base, value) if name in ADDRESSES and not value.startswith("#") else value


def _is_allowed(tag, name):
    return name in EVERYWHERE or name in ATTRIBUTES.get(tag, ())
