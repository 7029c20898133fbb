"""Abbreviations: `*[NMDA]: N-methyl-D-aspartate` on a line of its own explains a short form wherever it stands.

The first time that a section uses it, readers who point at it see the long form; a list at the end of the page shows
all of them to everybody.
"""

import re

from django.utils.html import escape

MOST = 100
"""Abbreviations of one monograph."""

DEFINITION = re.compile(r"^ {0,3}\*\[(?P<short>[^\]\s]{1,30})\]:[ \t]+(?P<long>\S.{0,199}?)[ \t]*$", re.MULTILINE)


def abbreviations_in(sections):
    """Return {short: long} of everything that the source of these sections explains, in their order."""
    found = {}
    for section in sections:
        for match in DEFINITION.finditer(section["source"]):
            if len(found) < MOST:
                found.setdefault(match["short"], match["long"])
    return found


def pattern_of(abbreviations):
    """Return a pattern that finds these abbreviations as whole words, the longest first."""
    words = sorted(map(re.escape, abbreviations), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)") if words else None


def abbreviation_rule(markdown):
    """Take definitions out of the text, and mark the first use of each abbreviation."""

    def define(state, start, end, silent):
        line = state.src[state.bMarks[start] : state.eMarks[start]]
        if state.is_code_block(start) or not DEFINITION.fullmatch(line):
            return False
        if not silent:
            state.line = start + 1
        return True

    def show(self, tokens, index, options, env):
        text = tokens[index].content
        if not env["abbreviations"]:
            return escape(text)
        pieces, end = [], 0
        for match in env["abbreviation"].finditer(text):
            if match[0] not in env["explained"]:
                env["explained"].add(match[0])
                long = escape(env["abbreviations"][match[0]])
                pieces += [escape(text[end : match.start()]), f'<abbr title="{long}">{escape(match[0])}</abbr>']
                end = match.end()
        return "".join([*pieces, escape(text[end:])])

    markdown.block.ruler.before("list", "abbreviation", define, {"alt": ["paragraph"]})
    markdown.add_render_rule("text", show)
