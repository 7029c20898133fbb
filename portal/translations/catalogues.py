"""Reads, brings up to date and compiles the catalogues."""

import os
import re
from datetime import UTC, datetime
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from portal.translations.extracting import key_of, places
from portal.translations.places import ROOMS, is_compiled, path_of

HEADERS_THAT_CHANGE = re.compile(
    rb'^"(?:Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|'
    rb'Generated-By):.*\\n"\n',
    re.MULTILINE,
)
"""They would make every update a change, and any two updates a conflict."""

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""The same catalogue makes the same file on every machine: what a release is depends on it."""


def read(language, room):
    """Return the catalogue of a room, empty where there is none yet."""
    try:
        with path_of(language, room).open("rb") as file:
            return read_po(file, locale=language)
    except FileNotFoundError:
        return _empty(language, room)


def is_translated(message):
    """Whether a message of a catalogue has a translation that is used, in every form."""
    forms = message.string if message.pluralizable else (message.string,)
    return not message.fuzzy and bool(forms) and all(forms)


def update(language):
    """Collect the messages again and write the catalogues; translations are kept, in whatever room they were.

    Return how many messages lack a translation, by room. What stands nowhere any more is dropped: history has it.
    """
    known = {key_of(message.id, message.context): message for room in ROOMS for message in read(language, room)}
    found = {}
    for place in places():
        found.setdefault(key_of(place.text, place.context), []).append(place)
    catalogues = {room: _empty(language, room) for room in ROOMS}
    for key, standing in sorted(found.items(), key=lambda item: (item[1][0].file, item[0])):
        _add(catalogues[standing[0].room], standing, known.get(key))
    for room, catalogue in catalogues.items():
        write(catalogue, path_of(language, room))
    return {
        room: sum(bool(message.id) and not is_translated(message) for message in catalogue)
        for room, catalogue in catalogues.items()
    }


def write(catalogue, path):
    """Write a catalogue without line numbers and dates, so that two people can change it at once."""
    content = BytesIO()
    write_po(content, catalogue, width=0, include_lineno=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    _replace(path, HEADERS_THAT_CHANGE.sub(b"", content.getvalue()))


def compile_catalogues(language):
    """Write the .mo file beside each .po file of a language that has none of the same time."""
    for room in ROOMS:
        if not is_compiled(language, room):
            _compile(language, room)


def _empty(language, room):
    return Catalog(locale=language, header_comment=f"# {language}: {room}", fuzzy=False)


def _add(catalogue, standing, translated):
    """Add the message that stands at these places; where one of them has a plural, the catalogue has."""
    text = next((place.text for place in standing if not isinstance(place.text, str)), standing[0].text)
    files = [(file, 0) for file in sorted({place.file for place in standing})]
    message = catalogue.add(text, locations=files, context=standing[0].context)
    if translated and translated.pluralizable == message.pluralizable:
        message.string = translated.string
        message.user_comments = translated.user_comments
        message.flags |= translated.flags & {"fuzzy"}


def _compile(language, room):
    source = path_of(language, room)
    catalogue = read(language, room)
    catalogue.creation_date = catalogue.revision_date = LONG_AGO
    for message in list(catalogue):
        # Half of a plural would be shown as nothing at all; without any of it, readers see English.
        if message.id and not is_translated(message):
            catalogue.delete(message.id, message.context)
    content = BytesIO()
    write_mo(content, catalogue)
    _replace(source.with_suffix(".mo"), content.getvalue(), time=source.stat().st_mtime)


def _replace(path, content, *, time=None):
    """Write a file so that nobody ever reads half of it."""
    unfinished = path.with_suffix(f".{os.getpid()}")
    unfinished.write_bytes(content)
    if time:
        os.utime(unfinished, (time, time))
    unfinished.replace(path)
