"""Tables that scroll inside themselves, and charts: tables whose numbers are drawn as bars.

`::: chart What it shows` … `:::` around a table makes a chart. The table stays as it is, and a bar is drawn beside
each number, so that nothing is shown to the eye which is not there as text. Bars are SVG made of a number alone. They
are put in after the HTML has been sanitised, in place of marks that no text can contain.
"""

import re
import secrets
from itertools import pairwise

from django.utils.formats import get_format
from django.utils.html import escape
from django.utils.translation import gettext as _
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin

from monographs.markdown_rules import plain

MAX_BARS = 200
"""Bars of one chart; more cannot be compared by eye."""

WITH_POINT = re.compile(r"[<≤~≈]?\s*(\d{1,9}(?:,\d{3})*(?:\.\d{1,6})?)\s*%?")
WITH_COMMA = re.compile(r"[<≤~≈]?\s*(\d{1,9}(?:\.\d{3})*(?:,\d{1,6})?)\s*%?")


def table_rules(markdown):
    """Let a wide table scroll inside itself, and align its cells by class, since the policy forbids style."""

    def align(state):
        for position, token in enumerate(state.tokens):
            if token.type in ("th_open", "td_open") and (style := token.attrs.pop("style", "")):
                token.attrJoin("class", str(style).removeprefix("text-align:"))
            if token.type == "th_open":
                token.attrSet("scope", "col")
            if token.type == "table_open":
                token.meta["columns"] = ", ".join(filter(None, _headings(state.tokens, position)))

    def open_table(self, tokens, index, options, env):
        env["tables"] += 1
        name = tokens[index].meta.get("caption") or tokens[index].meta["columns"]
        label = _("Table %(number)d: %(name)s") if name else _("Table %(number)d")
        label = escape(label % {"number": env["tables"], "name": name})
        return f'<section class="table" tabindex="0" aria-label="{label}"><table>\n'

    def close_table(self, tokens, index, options, env):
        return "</table></section>\n"

    markdown.core.ruler.push("table_cells", align)
    markdown.add_render_rule("table_open", open_table)
    markdown.add_render_rule("table_close", close_table)


def _headings(tokens, position):
    for token, after in pairwise(tokens[position:]):
        if token.type == "th_open":
            yield plain(after).strip()
        elif token.type == "thead_close":
            return


def chart_rule(markdown):
    """Draw a bar beside each number of a table in a `::: chart` box."""

    def draw(state):
        opening = None
        for position, token in enumerate(state.tokens):
            if token.type == "container_chart_open":
                opening = token
                opening.meta = {"caption": token.info.strip().removeprefix("chart").strip(), "problem": no_numbers()}
                if not opening.meta["caption"]:
                    opening.meta["problem"] = no_caption()
            elif token.type == "container_chart_close":
                opening = None
            elif token.type == "table_open" and opening:
                token.meta["caption"] = opening.meta["caption"]
                if _draw_table(state.tokens, position) and opening.meta["caption"]:
                    opening.meta["problem"] = ""

    def show(self, tokens, index, options, env):
        token = tokens[index]
        if token.nesting < 0:
            return "</figure>\n"
        if token.meta["problem"]:
            env["problems"].append(token.meta["problem"])
            return f'<figure><figcaption><span class="mistake">{escape(token.meta["problem"])}</span></figcaption>\n'
        return f'<figure class="chart"><figcaption>{escape(token.meta["caption"])}</figcaption>\n'

    def show_bar(self, tokens, index, options, env):
        env["bars"].append(bar_svg(tokens[index].meta["share"]))
        return f"{env['mark']}{len(env['bars']) - 1};"

    markdown.use(container_plugin, "chart", render=show)
    markdown.core.ruler.push("charts", draw)
    markdown.add_render_rule("bar", show_bar)


def no_numbers():
    """Return the sentence about a chart that there is nothing to draw of."""
    return _(
        "A chart needs a table with a column of numbers from 0 up, such as 12, 1,200 or 12.5%%, and %(most)d numbers "
        "at most."
    ) % {"most": MAX_BARS}


def no_caption():
    """Return the sentence about a chart that does not say what it shows."""
    return _("A chart needs a caption: write what it shows after “::: chart”.")


def _draw_table(tokens, position):
    """Put a bar into each numeric cell of the table that begins here; return whether there is any."""
    rows = []
    for place in range(position, len(tokens)):
        token = tokens[place]
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "td_open":
            rows[-1].append((token, tokens[place + 1], tokens[place + 2]))
    rows = [row for row in rows if row]
    for row in rows:
        opening, _inline, closing = row[0]
        opening.tag = closing.tag = "th"
        opening.attrSet("scope", "row")
    columns = [column for column in list(zip(*rows, strict=False))[1:] if all(_number(cell[1]) for cell in column)]
    numbers = [float(_number(inline)) for column in columns for _opening, inline, _closing in column]
    if not numbers or len(numbers) > MAX_BARS:
        return False
    largest = max(numbers) or 1
    for column in columns:
        for opening, inline, _closing in column:
            opening.attrSet("class", "plot")
            bar = Token("bar", "", 0, meta={"share": 100 * float(_number(inline)) / largest})
            inline.children = [bar, *(inline.children or [])]
    return True


def _number(inline):
    """Return the number that a cell consists of, as digits, or None. What can be read in two ways, as 1.200 or 1,200,
    is read as the site's language writes numbers."""
    text = plain(inline).strip()
    if get_format("DECIMAL_SEPARATOR") == ",":
        return _with_comma(text) or _with_point(text)
    return _with_point(text) or _with_comma(text)


def _with_point(text):
    match = WITH_POINT.fullmatch(text)
    return match and match[1].replace(",", "")


def _with_comma(text):
    match = WITH_COMMA.fullmatch(text)
    return match and match[1].replace(".", "").replace(",", ".")


def bar_svg(share):
    """Return a bar of this share of the width, in percent. Screen readers read the number beside it."""
    return (
        '<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        f'<rect width="{float(share):.2f}" height="8"/></svg>'
    )


def mark():
    """Return a mark that no text contains, for the place of a bar in HTML that is yet to be sanitised."""
    return f"bar-{secrets.token_hex(8)}-"


def put_bars(html, env):
    """Return sanitised HTML with the bars in place of their marks."""
    return re.sub(re.escape(env["mark"]) + r"(\d+);", lambda match: env["bars"][int(match[1])], html)
