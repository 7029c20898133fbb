"""Template tags that show parts of a monograph."""

import re
from datetime import date

from django import template
from django.template.loader_tags import IncludeNode
from django.utils.safestring import mark_safe

from monographs.abbreviations import abbreviations_in
from monographs.formats.styles import styles_of
from monographs.linked_data import page_data, script
from monographs.markdown_rules import credit_html, link_to_whole, picture_html
from monographs.neighbours import neighbours_of
from monographs.references.vancouver import citation_of

register = template.Library()
RARE_PARTS = re.compile(r'<(?:blockquote|pre|code|hr|abbr)\b|class="(?:chart|mistake)"')


@register.simple_tag
def picture(data, sizes="(min-width: 56rem) 30rem, 92vw"):
    """Show a lead picture, given as an Edition stores it; every value is escaped by picture_html."""
    return mark_safe(picture_html(data["path"], data, data["alt"], sizes=sizes, loading="eager"))


@register.simple_tag
def link_to_whole_picture(data):
    """The link that opens a lead picture at its full size; every value is escaped by link_to_whole."""
    return mark_safe(link_to_whole(data["path"]))


@register.simple_tag
def abbreviations_of(edition):
    """Everything that the text of an edition explains, as (short, long) in the order of the alphabet."""
    return sorted(abbreviations_in(edition.sections).items(), key=lambda pair: pair[0].casefold())


@register.simple_tag
def picture_now(picture, words):
    """Show a picture of the library with words for people who cannot see it."""
    return mark_safe(picture_html(picture.file.name, picture.as_data(), words, sizes="30rem"))


@register.simple_tag
def small_picture(picture):
    """Show a picture of the library small, without words: they stand beside it."""
    html = picture_html(picture.file.name, picture.as_data(), "", sizes="9rem")
    return mark_safe(html.replace("<picture>", '<picture class="thumbnail">', 1))


@register.filter
def credit(data):
    """Return who made a picture, as an Edition stores it; credit_html escapes what it prints."""
    return mark_safe(credit_html(data))


@register.filter
def day(value):
    """Return a day that an Edition stores as text, such as "2026-11-23", as a date."""
    return date.fromisoformat(value)


@register.simple_tag
def linked_data(edition, *, is_earlier):
    """Say what the page of an edition is about, for search engines."""
    return script(page_data(edition, is_earlier=is_earlier))


@register.filter
def has_rare_parts(edition):
    """Whether the text has something that only css/article-rare.css styles, so that other pages need not load it."""
    return any(RARE_PARTS.search(section["html"]) for section in edition.sections)


@register.tag
def part(parser, token):
    """Include what changes without the edition, such as {% part "monographs/_rating_line.html" %}; it knows `edition`.

    Where the page is to be a frame, it is left out (see monographs.page_frame).
    """
    _name, template_name = token.split_contents()
    return Part(parser.compile_filter(template_name))


class Part(IncludeNode):
    """The node of {% part %}."""

    def render(self, context):
        if gaps := context.get("gaps"):
            return gaps.leave(self.template.resolve(context))
        return super().render(context)


register.simple_tag(neighbours_of)
register.filter("citation", citation_of)
register.filter("styles", styles_of)
