"""What a file says about one medicine, before any of it is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


class ImportProblem(Exception):
    """One reason why a file cannot be imported: the file, the line where it is known, and what to do."""

    def __init__(self, path, line, reason):
        self.path, self.line, self.reason = path, line, reason
        super().__init__(path, line, reason)

    def __str__(self):
        return f"{self.path}:{self.line}: {self.reason}" if self.line else f"{self.path}: {self.reason}"


@dataclass(frozen=True)
class SectionText:
    """One section: its heading, its Markdown, and the lines where the two begin."""

    heading: str
    body: str
    line: int
    body_line: int


@dataclass(frozen=True)
class Row:
    """The named values of one fact, identifier, reference or lead picture, and the line where they begin."""

    values: Mapping[str, Any]
    line: int | None


@dataclass(frozen=True)
class Details:
    """All that front matter states besides title, address and summary. What it leaves out is meant to be empty."""

    subtitle: str = ""
    other_names: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    facts: tuple[Row, ...] = ()
    identifiers: tuple[Row, ...] = ()
    references: tuple[Row, ...] = ()
    lead_picture: Row | None = None


@dataclass(frozen=True)
class Document:
    """One file as read. What it does not state is empty or None, and stays as it is in the working copy.

    `suggested_title` serves a new monograph when nobody states a title; `lines` says where the named values stand.
    """

    path: Path
    sections: tuple[SectionText, ...]
    title: str = ""
    suggested_title: str = ""
    slug: str = ""
    summary: str | None = None
    details: Details | None = None
    lines: Mapping[str, int | None] = field(default_factory=dict)
