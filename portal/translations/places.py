"""Where the catalogues are: one .po file for each language and room, committed, and beside it the .mo made from it."""

from portal.paths import BASE_DIR

SOURCE = "en-gb"
"""The language in which code and templates are written, which needs no catalogue."""

ROOMS = ("monographs", "reviews", "portal")
"""Each has a catalogue; a message of several rooms is kept by the first of them."""


def path_of(language, room):
    """Return where the catalogue of a room is: a .po file."""
    return BASE_DIR / room / "locale" / language / "LC_MESSAGES" / "django.po"


def is_compiled(language, room):
    """Whether gettext reads what the catalogue says. A compiled file has the time of its source, to the second."""
    source = path_of(language, room)
    compiled = source.with_suffix(".mo")
    return compiled.exists() and int(compiled.stat().st_mtime) == int(source.stat().st_mtime)
