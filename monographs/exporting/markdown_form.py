"""A record as Markdown with front matter: as plainly as it can be read back."""

from pathlib import Path

from django.utils.text import slugify

from monographs.exporting.record import comparable, record_from
from monographs.exporting.toml import toml_of
from monographs.importing import ImportProblem, documents_in
from monographs.importing.escaping import escape_heading
from monographs.importing.front_matter import FENCE
from monographs.importing.markdown import parse_markdown
from monographs.importing.parser import pictures_in
from monographs.importing.reading import MAX_BYTES


def as_markdown(record):
    """Return a record as Markdown that is read back to the same record, or None where no such file can be read.

    Most texts are sections under their headings. Where that would be read in another way, front matter lists the
    sections and holds those texts that need it, such as one with a second-level heading of its own. What even that
    would change, such as characters that nobody sees, is written in front matter exactly.
    """
    return next((text for write in (_plain, _listed, _exact) if _is_read_back(text := write(record), record)), None)


def _is_read_back(text, record):
    content = text.encode()
    if len(content) > MAX_BYTES:
        return False
    try:
        (document,) = documents_in(Path("export.md"), content)
        return record_from(document) == comparable(record)
    except ImportProblem:
        return False


def _plain(record):
    return _file(_named(record), [_below(record, section) for section in record["sections"]])


def _listed(record):
    rows, below = [], []
    for section in record["sections"]:
        written = _below(record, section)
        if _stands_below(section["heading"], written):
            rows.append({"kind": section["kind"], "heading": section["heading"]})
            below.append(written)
        else:
            rows.append({**section, "text": _with_files(record, section["text"])})
    return _file({**_named(record), "sections": rows}, below)


def _exact(record):
    named = {**_named(record), "exact": True, "sections": record["sections"], "pictures": record["pictures"]}
    return _file(named, [])


def _named(record):
    """Return what front matter states of a record, without its sections."""
    named = {key: value for key, value in record.items() if key not in ("sections", "pictures")}
    topics = [topic if slugify(topic["name"]) != topic["slug"] else topic["name"] for topic in named["topics"]]
    if all(isinstance(topic, str) for topic in topics):
        return {**named, "topics": topics}
    return named


def _file(named, below):
    # A section list without sections has to say so; other empty values say the same as none.
    named = {key: value for key, value in named.items() if value or key == "sections"}
    return "\n".join([FENCE, toml_of(named), FENCE, *(f"\n{section}" for section in below)]) + "\n"


def _below(record, section):
    text = _with_files(record, section["text"])
    return f"## {escape_heading(section['heading'])}" + (f"\n\n{text}" if text else "")


def _stands_below(heading, written):
    """Whether a section below front matter is read as one section, and ends where the next one begins."""
    try:
        first, _next = parse_markdown(Path("section.md"), f"{written}\n\n## Next\n\nText.\n").sections
    except (ImportProblem, ValueError):
        return False
    return first.heading == heading


def _with_files(record, text):
    """Return a text with the files beside the export in place of the addresses of this site’s pictures."""
    files = {picture["address"]: picture["file"] for picture in record["pictures"]}
    for written, (address, start, end) in pictures_in(text).items() if files else ():
        if address in files and start is not None:
            text = text.replace(written, written[:start] + files[address] + written[end:])
    return text
