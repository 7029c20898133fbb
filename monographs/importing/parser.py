"""Markdown as the renderer reads it, for finding out where the parts of a file are. It makes no HTML."""

from markdown_it.common.utils import isStrSpace
from markdown_it.rules_inline import image

from monographs.markdown_rules import make_markdown

PLAIN = {"text", "code_inline", "softbreak", "hardbreak", "em_open", "em_close", "strong_open", "strong_close"}

SHOWN = {"text", "code_inline", "softbreak", "hardbreak"}


def blocks_of(text, env=None):
    """Return the tokens of blocks, not looking inside paragraphs; link definitions are kept in `env`."""
    tokens = []
    _markdown.block.parse(text, _markdown, {} if env is None else env, tokens)
    return tokens


def words_of(inline, env):
    """Return the words of a heading or paragraph without emphasis, or None if it holds more than words."""
    (token,) = _markdown.parseInline(inline.content, env)
    if any(child.type not in PLAIN for child in token.children):
        return None
    return "".join(" " if child.type.endswith("break") else child.content for child in token.children).strip()


def text_of(source):
    """Return the text that a line of Markdown shows, without its marks."""
    (token,) = _markdown.parseInline(source, {})
    shown = (" " if child.type.endswith("break") else child.content for child in token.children if child.type in SHOWN)
    return "".join(shown)


def labels_used_in(text, definitions):
    """Return the labels of those link definitions that the text uses."""
    if not definitions:
        return set()
    noted = _Noted(definitions)
    _markdown.parse(text, {"references": noted})
    return noted.used


class _Noted(dict):
    """Link definitions that note which of them were asked for."""

    def __init__(self, definitions):
        super().__init__(definitions)
        self.used = set()

    def get(self, label, default=None):
        if label in self:
            self.used.add(label)
        return super().get(label, default)


def pictures_in(text):
    """Return {the picture as written: (address, start, end)}; start and end say where the address stands in it.

    The address of a picture whose address is defined elsewhere stands nowhere: (address, None, None).
    """
    env = {"pictures": {}}
    _markdown.parse(text, env)
    return env["pictures"]


def _note_picture(state, silent):
    start = state.pos
    if not image(state, silent):
        return False
    if not silent:
        written = state.src[start : state.pos]
        state.env.setdefault("pictures", {})[written] = _address_in(state, start)
    return True


def _address_in(state, start):
    position = state.md.helpers.parseLinkLabel(state, start + 1, False) + 1
    if position >= state.posMax or state.src[position] != "(":
        return state.tokens[-1].attrs["src"], None, None
    position += 1
    while isStrSpace(state.src[position]) or state.src[position] == "\n":
        position += 1
    address = state.md.helpers.parseLinkDestination(state.src, position, state.posMax)
    return address.str, position - start, address.pos - start


_markdown = make_markdown()
_markdown.inline.ruler.at("image", _note_picture)
