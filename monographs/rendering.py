"""The one path from Markdown to HTML, used by publishing and by the editor's preview.

Raw HTML is off, headings start below the section's own, pictures come from this site only, and the result goes
through nh3 with the lists below.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import nh3
from django.core.exceptions import ValidationError
from django.utils.html import escape
from django.utils.translation import gettext as _

from monographs.abbreviations import abbreviation_rule, pattern_of
from monographs.markdown_rules import heading_rule, make_markdown, picture_rule
from monographs.table_rules import chart_rule, mark, put_bars, table_rules

MAX_SOURCE = 50_000
"""Characters in one section."""

MAX_BRACKETS = 2_000
"""Opening square brackets in one section: the time to look for links grows with the square of their number. Within
these bounds the slowest text that we know renders in well under a second."""

MAX_COLUMNS = 20
"""Columns of a table; more cannot be read on any screen."""

TAGS = set(
    "a abbr blockquote br caption code dd div dl dt em figcaption figure h3 h4 h5 h6 hr img li ol p picture pre source "
    "section span strong sub sup table tbody td th thead tr ul".split()
)
ATTRIBUTES = {
    "a": {"href", "title", "aria-label"},
    "abbr": {"title"},
    "img": {"src", "alt", "width", "height", "loading", "decoding"},
    "source": {"srcset", "sizes", "type"},
    "ol": {"start"},
    "th": {"scope"},
    "section": {"tabindex", "aria-label"},
    **{heading: {"id"} for heading in ("h3", "h4", "h5", "h6")},
}
CLASSES = {
    "a": {"whole"},
    "figure": {"chart"},
    "div": {"box", "box-urgent", "box-note"},
    "section": {"table"},
    "sup": {"cite", "needed"},
    "span": {"credit", "mistake"},
    "th": {"right", "center"},
    "td": {"right", "center", "plot"},
}
SCHEMES = {"http", "https", "mailto", "tel"}

# C0 and C1 controls without tab, line feed and carriage return; and the characters that reorder text around them.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True)
class Rendered:
    """One section as HTML, its number of tables, and what must be mended before it can be published, as sentences."""

    html: str
    problems: list[str] = field(default_factory=list)
    tables: int = 0


def validate_source(source):
    """Check that a text can be rendered in bounded time. Raises ValidationError that says what to shorten."""
    if len(source) > MAX_SOURCE:
        raise ValidationError(
            _("This text has %(length)d characters. A section can have %(most)d. Divide it into two sections.")
            % {"length": len(source), "most": MAX_SOURCE}
        )
    if (brackets := source.count("[")) > MAX_BRACKETS:
        raise ValidationError(
            _("This text has %(brackets)d opening square brackets. A section can have %(most)d.")
            % {"brackets": brackets, "most": MAX_BRACKETS}
        )
    for number, line in enumerate(source.splitlines(), start=1):
        # Only the line under a table's heading row is made of nothing but these, and it sets the number of columns.
        if not line.strip("|:- \t>") and (columns := line.strip(" \t>").strip("|").count("|") + 1) > MAX_COLUMNS:
            raise ValidationError(
                _("The table at line %(line)d has about %(columns)d columns. A table can have %(most)d.")
                % {"line": number, "columns": columns, "most": MAX_COLUMNS}
            )


def render(
    source,
    *,
    anchor="",
    citations: Sequence[str] = (),
    pictures: Mapping[str, Mapping] = {},
    abbreviations: Mapping[str, str] = {},
    tables_before=0,
) -> Rendered:
    """Render the Markdown of one section.

    `anchor` prefixes the ids of its headings; `citations` are the reference keys in their order on the page, so that
    the first is number 1; `pictures` maps paths below MEDIA_URL to {width, height, widths} and, where they are known,
    {credit, licence, licence_url}; `abbreviations` maps short forms to long ones; `tables_before` is how many tables
    the page has before this section. Never raises: a text that is out of bounds becomes a problem and a sentence in
    place of the text.
    """
    try:
        validate_source(source)
    except ValidationError as error:
        return Rendered(f'<p><span class="mistake">{escape(error.message)}</span></p>', [error.message])
    env = {
        "anchor": anchor,
        "numbers": {key: number for number, key in enumerate(citations, start=1)},
        "pictures": pictures,
        "abbreviations": abbreviations,
        "abbreviation": pattern_of(abbreviations),
        "explained": set(),
        "tables": tables_before,
        "mark": mark(),
        "bars": [],
        "problems": [],
    }
    html = _sanitise(_markdown.renderer.render(_tokens_of(source, env), _markdown.options, env))
    problems = list(dict.fromkeys(env["problems"]))
    return Rendered(put_bars(html, env), problems, env["tables"] - tables_before)


def parse(source):
    """Return the tokens of one section as `render` reads it. Raises ValidationError like `validate_source`."""
    validate_source(source)
    return _tokens_of(source, {"anchor": ""})


def _tokens_of(source, env):
    # The plugin for boxes looks one place beyond a text that ends in an empty quotation.
    return _markdown.parse(UNSEEN.sub("\ufffd", source) + "\n", env)


def _sanitise(html):
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        allowed_classes=CLASSES,
        url_schemes=SCHEMES,
        link_rel=None,
        strip_comments=True,
    )


_markdown = make_markdown()
for _rule in (heading_rule, picture_rule, table_rules, chart_rule, abbreviation_rule):
    _rule(_markdown)
