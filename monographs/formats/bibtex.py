"""BibTeX, for LaTeX and reference managers."""

import re

from monographs.formats.work import work_of

# Letters stay as they are: every BibTeX of this century reads UTF-8.
SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "#$%&_"},
}


def as_bibtex(edition):
    """Return one @misc entry. The second pair of braces keeps capitals, and names of organisations whole."""
    work = work_of(edition)
    fields = {
        "title": f"{{{_escaped(work.title)}}}",
        "author": f"{{{_escaped(work.publisher)}}}",
        "year": f"{work.published_on:%Y}",
        "month": work.published_on.month,
        "day": work.published_on.day,
        "edition": work.number,
        "publisher": f"{{{_escaped(work.publisher)}}}",
        "howpublished": f"\\url{{{work.url}}}",
        "url": work.url,
        "abstract": _escaped(work.abstract),
        "keywords": _escaped(", ".join(work.keywords)),
        "language": work.language,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{work.key},", *lines, "}"]) + "\n"


def _escaped(text):
    return re.sub(r"[\\{}~^#$%&_]", lambda match: SPECIAL[match[0]], text)
