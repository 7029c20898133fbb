"""Reads templates for text that people see and that is not marked for translation."""

import re
from html.parser import HTMLParser

from django.template.base import Lexer, TokenType

SHOWN_ATTRIBUTES = re.compile(r"alt|title|label|placeholder|aria-(label|description|roledescription|valuetext)")
LITERAL = re.compile(r"""(?<!_\()"([^"]*)"|(?<!_\()'([^']*)'""")
WORDS = re.compile(r"[A-Za-z]{2,}")
SENTENCE = re.compile(r"[A-Za-z]{2,}[ …]+[A-Za-z]|[A-Z][a-z]+[.:!?…]?$")
CODES = ("script", "style", "code", "pre", "kbd", "inputencoding")
"""Elements that hold what a program or a keyboard knows, in any language."""
VOID = ("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr")
NO_TEXT = ("translate", "trans", "plural", "if", "elif", "url", "static", "load", "extends")
"""Tags whose arguments are marked, or are not shown."""


def unmarked_texts(source, *, is_html=True):
    """Return the texts of a template that are shown as they stand there, whatever the language."""
    found, rest = [], ""
    is_passed = False
    for token in Lexer(source).tokenize():
        verb, _space, argument = token.contents.partition(" ") if token.token_type == TokenType.BLOCK else ("", "", "")
        if verb.removeprefix("end") in ("blocktranslate", "blocktrans", "comment", "block"):
            is_passed = not verb.startswith("end") and (verb != "block" or argument.endswith("class"))
        elif token.token_type == TokenType.TEXT and not is_passed:
            rest += token.contents
        elif token.token_type in (TokenType.BLOCK, TokenType.VAR) and verb not in NO_TEXT:
            # Text in a filter's argument or handed to another template.
            literals = [first or second for first, second in LITERAL.findall(token.contents)]
            found += [literal for literal in literals if SENTENCE.search(literal)]
            if rest.endswith(("<", "</")):
                rest += "x"  # an element whose name is a variable
    return found + (shown_in(rest) if is_html else [line for line in rest.splitlines() if WORDS.search(line)])


def shown_in(html):
    """Return the texts of a page, or of what a template writes by itself: what is seen or read out, but for English.

    What is marked as English (`lang="en"`) is so on a site in any language.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    """Gathers text, and the attributes that are read out or shown."""

    def __init__(self):
        super().__init__()
        self.found, self.open = [], []

    def handle_starttag(self, tag, attrs):
        fields = dict(attrs)
        is_passed = tag in CODES or fields.get("lang") == "en" or self.is_passed()
        if tag not in VOID:
            self.open.append((tag, is_passed))
        if is_passed:
            return
        shown = [value for name, value in attrs if SHOWN_ATTRIBUTES.fullmatch(name)]
        if tag == "input" and fields.get("type") in ("submit", "button", "reset"):
            shown.append(fields.get("value"))
        if tag == "meta" and fields.get("name") == "description":
            shown.append(fields.get("content"))
        self.found += [value for value in shown if value and WORDS.search(value)]

    def is_passed(self):
        return any(is_passed for _tag, is_passed in self.open)

    def handle_endtag(self, tag):
        while any(tag == each for each, _is_passed in self.open):
            if self.open.pop()[0] == tag:
                break

    def handle_data(self, data):
        if not self.is_passed() and WORDS.search(data):
            self.found.append(" ".join(data.split()))
