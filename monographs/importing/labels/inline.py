"""Runs of text with emphasis and links, as Markdown that shows the same text."""

import re
from itertools import groupby
from typing import NamedTuple

from monographs.importing.escaping import escape_line, escape_within
from monographs.importing.parser import text_of

MARKS = {frozenset(): "", frozenset({"em"}): "*", frozenset({"strong"}): "**", frozenset({"em", "strong"}): "***"}
SPACES = re.compile(r"[ \t\r\n]+")
ADDRESS = re.compile(r"(https?://|mailto:)[^\s<>\\]+", re.ASCII)


class Run(NamedTuple):
    """Some text in one style. A line feed is a forced line break, in a run of its own."""

    text: str
    marks: frozenset[str] = frozenset()
    href: str = ""


def plain_text(runs):
    return "".join(run.text for run in runs)


def as_lines(runs):
    """Return runs as lines of Markdown, one for each forced line; lines without text are left out."""
    lines = [[]]
    for run in runs:
        if run.text == "\n":
            lines.append([])
        else:
            lines[-1].append(run)
    return [text for line in lines if (text := as_line(line, begins_line=True))]


def as_line(runs, *, begins_line=False):
    """Return runs as one line of Markdown. Emphasis and links that Markdown cannot express there are left out."""
    runs = tidied(runs)
    plain = plain_text(runs)
    strong = tidied(run._replace(marks=run.marks & {"strong"}, href="") for run in runs)
    for styled in (runs, strong):
        if any(run.marks or run.href for run in styled):
            groups = [list(group) for _marks, group in groupby(styled, key=lambda run: run.marks)]
            marked = "".join(_marked(group, begins_line and not number) for number, group in enumerate(groups))
            if text_of(marked) == plain:
                return marked
    return _escaped(plain, begins_line)


def tidied(runs):
    """Return runs with single spaces, none at the ends, and neighbours of one style joined."""
    found = []
    for run in runs:
        text = SPACES.sub(" ", run.text)
        if text.startswith(" ") and (not found or found[-1].text.endswith(" ")):
            text = text[1:]
        if found and found[-1][1:] == run[1:]:
            found[-1] = run._replace(text=found[-1].text + text)
        elif text:
            found.append(run._replace(text=text))
    while found and not found[-1].text.rstrip():
        found.pop()
    if found:
        found[0] = found[0]._replace(text=found[0].text.lstrip())
        found[-1] = found[-1]._replace(text=found[-1].text.rstrip())
    return found


def _marked(group, begins_line):
    """Return runs of the same marks as Markdown, with the spaces at their ends outside the marks."""
    mark = MARKS[group[0].marks]
    text = "".join(_linked(run, begins_line and not (mark or number)) for number, run in enumerate(group))
    core = text.strip()
    return text.replace(core, f"{mark}{core}{mark}") if core else text


def _linked(run, begins_line):
    core = run.text.strip()
    if not core or not ADDRESS.fullmatch(run.href):
        return _escaped(run.text, begins_line)
    return run.text.replace(core, f"[{escape_within(core)}](<{run.href}>)")


def _escaped(text, begins_line):
    return escape_line(text) if begins_line else escape_within(text)


def halves_of(runs):
    """Divide runs in two at the end of a sentence, or else of a word, near the middle; None if there is no text."""
    text = plain_text(runs)
    middle = len(text) // 2
    if not middle:
        return None
    ends = [match.end() for pattern in (r"[.!?]\s", r"\s") for match in _nearest(pattern, text, middle)]
    at = ends[0] if ends else middle
    first, second = [], []
    for run in runs:
        first.append(run._replace(text=run.text[: max(0, at)]))
        second.append(run._replace(text=run.text[max(0, at) :]))
        at -= len(run.text)
    return [run for run in first if run.text], [run for run in second if run.text]


def _nearest(pattern, text, middle):
    """Return the first match after the middle, within a quarter of the text, as a list of one or none."""
    match = re.compile(pattern).search(text, middle, middle + len(text) // 4 + 1)
    return [match] if match else []
