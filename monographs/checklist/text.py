"""A section's Markdown as the rules look at it: passages of prose, headings, links, pictures and citations by line."""

from dataclasses import dataclass, field

from markdown_it.renderer import RendererHTML
from markdown_it.utils import OptionsDict

from monographs.rendering import parse

_alt_of = RendererHTML().renderInlineAsText
_OPTIONS = OptionsDict({})


@dataclass(frozen=True)
class Passage:
    """Readable words of one paragraph, list item, table cell or heading; its lines are those of the source."""

    text: str
    line: int
    is_cell: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading inside a section, of the level that was typed. `is_empty` when nothing stands under it."""

    text: str
    line: int
    level: int
    is_empty: bool


@dataclass(frozen=True)
class Link:
    address: str
    words: str
    line: int


@dataclass(frozen=True)
class PictureInText:
    address: str
    alt: str
    line: int


@dataclass
class Text:
    """All of one section; `unlinked` are its words outside links, and every number is a line."""

    passages: list[Passage] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    unlinked: list[tuple[str, int]] = field(default_factory=list)
    pictures: list[PictureInText] = field(default_factory=list)
    citations: list[tuple[str, int]] = field(default_factory=list)
    needed: list[int] = field(default_factory=list)


def read(source):
    """Read one section. Raises ValidationError for a text that is out of the renderer's bounds."""
    text, line = Text(), 1
    tokens = parse(source)
    for position, token in enumerate(tokens):
        if token.map:
            line = token.map[0] + 1
        if token.type != "inline":
            continue
        opening = tokens[position - 1]
        words = _read_inline(text, token, line)
        if opening.type == "heading_open":
            is_empty = _nothing_follows(tokens, position + 2, opening)
            text.headings.append(Heading(words, line, _level(opening), is_empty))
        elif words.strip():
            text.passages.append(Passage(words, line, is_cell=opening.type in ("td_open", "th_open")))
    return text


def _read_inline(text, token, line):
    """Collect what stands in one inline token; return its readable words, with its line breaks kept."""
    pieces, links = [], []
    for child in token.children:
        match child.type:
            case "text" | "code_inline":
                pieces.append(child.content)
                if not links and child.type == "text":
                    text.unlinked.append((child.content, line))
            case "softbreak" | "hardbreak":
                pieces.append("\n")
                line += 1
            case "citation":
                text.citations += [(key, line) for key in child.meta["keys"]]
            case "citation_needed":
                text.needed.append(line)
            case "image":
                alt = _alt_of(child.children or [], _OPTIONS, {}).strip()
                text.pictures.append(PictureInText(child.attrs["src"], alt, line))
                line += sum(part.type in ("softbreak", "hardbreak") for part in child.children or [])
            case "link_open":
                links.append((child.attrs["href"], len(pieces), line))
            case "link_close":
                address, start, where = links.pop()
                text.links.append(Link(address, "".join(pieces[start:]), where))
    return "".join(pieces)


def _level(heading):
    """The level that was typed: the renderer shifts the tags, and the mark keeps what it was."""
    return {"=": 1, "-": 2}.get(heading.markup, len(heading.markup))


def _nothing_follows(tokens, position, heading):
    if position >= len(tokens):
        return True
    after = tokens[position]
    if after.type == "heading_open":
        return _level(after) <= _level(heading)
    return after.nesting < 0
