"""What our Markdown means beyond CommonMark: citations, boxes, figures, and headings that fit a page."""

import re
from urllib.parse import unquote

from django.conf import settings
from django.utils.html import escape
from django.utils.text import slugify
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from mdit_py_plugins.container import container_plugin

CITATION = re.compile(r"\[(@[A-Za-z0-9][\w.-]{0,99}(?:\s*[;,]\s*@[A-Za-z0-9][\w.-]{0,99}){0,20})\]", re.ASCII)
NEEDED = re.compile(r"\[citation needed\](?![(\[])", re.IGNORECASE)
BOXES = ("urgent", "note")
FIGURE_SIZES = "(min-width: 62rem) 42rem, 92vw"


def make_markdown():
    """Return a reader of our Markdown: CommonMark without HTML, with tables, boxes, citations and gaps for them."""
    markdown = MarkdownIt("commonmark", {"html": False, "typographer": False, "linkify": False, "maxNesting": 20})
    markdown.enable("table")
    for name in BOXES:
        markdown.use(container_plugin, name, render=_box_renderer(name))
    _citation_rule(markdown)
    _needed_rule(markdown)
    return markdown


def _citation_rule(markdown):
    """Turn [@key] and [@key; @other] into numbered links to the reference list."""

    def parse(state, silent):
        if state.src[state.pos] != "[" or not (match := CITATION.match(state.src, state.pos, state.posMax)):
            return False
        if not silent:
            token = state.push("citation", "", 0)
            token.meta = {"keys": keys_cited(match)}
        state.pos = match.end()
        return True

    def show(self, tokens, index, options, env):
        links = []
        for key in tokens[index].meta["keys"]:
            if number := env["numbers"].get(key):
                label = _("Reference %(number)d") % {"number": number}
                links.append(f'<a href="#ref-{key}" aria-label="{escape(label)}">{number}</a>')
            else:
                env["problems"].append(key_is_unknown(key))
                links.append(f'<span class="mistake">@{key}?</span>')
        return f'<sup class="cite">[{", ".join(links)}]</sup>'

    markdown.inline.ruler.before("link", "citation", parse)
    markdown.add_render_rule("citation", show)


def keys_cited(match):
    """Return the keys in a match of CITATION, in order."""
    return [part.strip().lstrip("@") for part in re.split("[;,]", match[1])]


def key_is_unknown(key):
    """Return the sentence about a citation that leads nowhere."""
    return _("[@%(key)s] is cited, but no reference has the key “%(key)s”.") % {"key": key}


def _needed_rule(markdown):
    """Turn [citation needed] into a mark that tells readers so."""

    def parse(state, silent):
        if state.src[state.pos] != "[" or not (match := NEEDED.match(state.src, state.pos, state.posMax)):
            return False
        if not silent:
            state.push("citation_needed", "", 0)
        state.pos = match.end()
        return True

    def show(self, tokens, index, options, env):
        return f'<sup class="cite needed">[{escape(_("citation needed"))}]</sup>'

    markdown.inline.ruler.before("link", "citation_needed", parse)
    markdown.add_render_rule("citation_needed", show)


def heading_rule(markdown):
    """Shift headings so that the highest in a section is h3, below the section's own, and give each an id."""

    def shift(state):
        headings = [token for token in state.tokens if token.type in ("heading_open", "heading_close")]
        top = min((int(token.tag[1]) for token in headings), default=3)
        taken = {"heading"}  # the id of the section’s own
        counts = {}  # so that twelve thousand equal headings do not each try all numbers
        for position, token in enumerate(state.tokens):
            if token.type not in ("heading_open", "heading_close"):
                continue
            token.tag = f"h{min(int(token.tag[1]) - top + 3, 6)}"
            if token.type == "heading_open":
                slug = name = slugify(plain(state.tokens[position + 1])) or "part"
                count = counts.get(name, 1)
                while slug in taken:
                    count += 1
                    slug = f"{name}-{count}"
                counts[name] = count
                taken.add(slug)
                token.attrSet("id", f"{state.env['anchor']}--{slug}")

    markdown.core.ruler.push("section_headings", shift)


def plain(inline):
    """Return the words of an inline token."""
    return "".join(child.content for child in inline.children or [] if child.type in ("text", "code_inline"))


def picture_rule(markdown):
    """Show pictures of this site in three formats and fitting widths; one alone in its paragraph is a figure."""

    def lift_figures(state):
        for position, token in enumerate(state.tokens):
            children = token.children or []
            if token.type == "inline" and len(children) == 1 and children[0].type == "image":
                before, after = state.tokens[position - 1], state.tokens[position + 1]
                if before.type == "paragraph_open":
                    before.tag = after.tag = "figure"
                    before.hidden = after.hidden = False
                    children[0].meta["figure"] = True

    def show(self, tokens, index, options, env):
        token = tokens[index]
        path = media_path(token.attrs["src"])
        alt = self.renderInlineAsText(token.children, options, env).strip()
        picture = env["pictures"].get(path)
        if picture is None:
            env["problems"].append(picture_is_foreign(token.attrs["src"]))
            return f'<span class="mistake">{escape(token.attrs["src"])}</span>'
        if not alt:
            env["problems"].append(picture_has_no_words(token.attrs["src"]))
        caption = token.attrs.get("title", "") if token.meta.get("figure") else ""
        html, credit = picture_html(path, picture, alt), credit_html(picture)
        if not token.meta.get("figure"):
            return f"{html} {credit}" if credit else html
        words = " ".join(filter(None, [escape(caption), credit]))
        return html + link_to_whole(path) + (f"<figcaption>{words}</figcaption>" if words else "")

    markdown.core.ruler.push("figures", lift_figures)
    markdown.add_render_rule("image", show)


def picture_is_foreign(address):
    """Return the sentence about a picture that this site does not have."""
    return _("The picture %(path)s is not one of this site’s. Upload it in the editor.") % {"path": address}


def picture_has_no_words(address):
    """Return the sentence about a picture without alternative text."""
    return _("The picture %(path)s has no text for people who cannot see it: ![write it here](…).") % {"path": address}


def media_path(address):
    """Return the path below MEDIA_URL that an address of this site names, or None for any other address."""
    address = unquote(address)
    return address.removeprefix(settings.MEDIA_URL) if address.startswith(settings.MEDIA_URL) else None


def picture_html(path, picture, alt, *, sizes=FIGURE_SIZES, loading="lazy"):
    """Return a picture element for {width, height, widths}, with the fallback at `path`."""
    stem = path.rpartition(".")[0]

    def sources(ending):
        return ", ".join(f"{settings.MEDIA_URL}{stem}-{width}.{ending} {width}w" for width in picture["widths"])

    formats = "".join(
        f'<source type="image/{ending}" srcset="{escape(sources(ending))}" sizes="{escape(sizes)}">'
        for ending in ("avif", "webp")
        if picture["widths"]
    )
    return (
        f'<picture>{formats}<img src="{escape(settings.MEDIA_URL + path)}" alt="{escape(alt)}" '
        f'width="{picture["width"]}" height="{picture["height"]}" loading="{loading}" decoding="async"></picture>'
    )


def credit_html(picture):
    """Return who made a picture and its licence, for {credit, licence, licence_url}; "" when neither is known."""
    parts = []
    if credit := picture.get("credit"):
        parts.append(escape(_("Picture: %(credit)s.") % {"credit": credit.rstrip(".")}))
    if licence := picture.get("licence"):
        name = escape(licence)
        if address := picture.get("licence_url"):
            name = f'<a href="{escape(address)}">{name}</a>'
        parts.append(escape(_("Licence: %(licence)s.")) % {"licence": name})
    return f'<span class="credit">{" ".join(parts)}</span>' if parts else ""


def link_to_whole(path):
    """Return the link that opens a figure's picture at its full size; it lies over the picture."""
    words = escape(_("Open the picture in full size"))
    return f'<a class="whole" href="{escape(settings.MEDIA_URL + path)}">{words}</a>'


def _box_renderer(name):
    """Return the renderer of `::: name` boxes."""

    def show(self, tokens, index, options, env):
        return f'<div class="box box-{name}">\n' if tokens[index].nesting == 1 else "</div>\n"

    return show
