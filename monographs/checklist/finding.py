"""What the checklist says: one sentence about one place."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _


class Severity(StrEnum):
    """An error keeps a text from being published; a warning informs."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Place:
    """Where something is: a part of the contents, the row in it, its field, and the line of a longer text."""

    part: str = ""
    index: int | None = None
    field: str = ""
    line: int | None = None
    excerpt: str = ""

    @property
    def field_id(self):
        """The id of the field in the admin's form, or of the group where there is no row."""
        if not self.part:
            return f"id_{self.field}"
        return f"{self.part}-group" if self.index is None else f"id_{self.part}-{self.index}-{self.field}"


@dataclass(frozen=True)
class Finding:
    """One thing to mend or to look at. `where` names the part as readers would, `what` says what to do."""

    code: str
    severity: Severity
    where: str
    what: str
    place: Place

    def __str__(self):
        return f"{self.where}: {self.what}" if self.where else self.what

    @property
    def is_error(self):
        """Whether it keeps the text from being published."""
        return self.severity == Severity.ERROR


def section_name(section):
    """Return what a section is called in sentences about it."""
    if not section["heading"].strip():
        return _("A section")
    return _("Section “%(heading)s”") % {"heading": section["heading"]}


def reference_name(reference, index):
    """Return what a reference is called in sentences about it: by its key, else by its number."""
    if reference["key"]:
        return _("Reference “%(key)s”") % {"key": reference["key"]}
    return _("Reference %(number)d") % {"number": index + 1}


def shortened(text, most=80):
    """Return the beginning of a text as one line, cut after a word where it is longer than `most` characters."""
    line = " ".join(text[: most * 4].split())
    if len(line) <= most:
        return line
    return line[:most].rpartition(" ")[0] + "…" if " " in line[:most] else line[:most] + "…"
