"""What a file says about one medicine, before any of it is stored."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


def shown_path(path):
    """Return a path as text that can be printed and stored, whatever bytes its name is made of."""
    return os.fsencode(path).decode(errors="replace")


class ImportProblem(Exception):
    """One reason why a file cannot be imported: the file, the line where it is known, and what to do."""

    def __init__(self, path, line, reason):
        self.path, self.line, self.reason = path, line, reason
        super().__init__(path, line, reason)

    def __str__(self):
        path = shown_path(self.path)
        return f"{path}:{self.line}: {self.reason}" if self.line else f"{path}: {self.reason}"


@dataclass(frozen=True)
class SectionText:
    """One section: its heading, its Markdown, the lines where the two begin, and its kind where the file states it."""

    heading: str
    body: str
    line: int | None
    body_line: int | None
    kind: str = ""


@dataclass(frozen=True)
class Row:
    """The named values of one topic, fact, identifier, reference or picture, and the line where they begin."""

    values: Mapping[str, Any]
    line: int | None


@dataclass(frozen=True)
class Details:
    """All that a file states besides title, address, summary and sections.

    Of a whole account, what it leaves out is meant to be empty. Any other account, such as a drug label's, adds to
    what is there: it replaces rows of the same name, and the rest stays.
    """

    subtitle: str = ""
    other_names: tuple[str, ...] = ()
    topics: tuple[Row, ...] = ()
    facts: tuple[Row, ...] = ()
    identifiers: tuple[Row, ...] = ()
    references: tuple[Row, ...] = ()
    credits: tuple[Row, ...] = ()
    lead_picture: Row | None = None
    is_whole: bool = True


@dataclass(frozen=True)
class Document:
    """One file as read, or one medicine of a file that holds several.

    What it does not state is empty or None, and stays as it is in the working copy. The suggestions serve a new
    monograph when nobody states a title or a summary. `lines` says where the named values stand. `pictures` are rows
    {address, file} of addresses in the texts; unless the texts are exact, the pictures that they name beside the file
    are followed too. `notes` are (line, sentence) pairs about what was read in another way than expected. `line` is
    where one of several documents begins in its file, and None for a document that is the whole file.
    """

    path: Path
    sections: tuple[SectionText, ...]
    title: str = ""
    suggested_title: str = ""
    slug: str = ""
    summary: str | None = None
    suggested_summary: str = ""
    details: Details | None = None
    pictures: tuple[Row, ...] = ()
    is_exact: bool = False
    notes: tuple[tuple[int | None, str], ...] = ()
    lines: Mapping[str, int | None] = field(default_factory=dict)
    line: int | None = None
