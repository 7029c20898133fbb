"""The rules about the text of one section. Each yields what it finds as Notes."""

import re
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monographs.checklist.doses import doses_without_unit
from monographs.checklist.finding import Severity, shortened
from monographs.markdown_rules import key_is_unknown, media_path, picture_has_no_words, picture_is_foreign

MOST_WORDS = 30
"""Words in one sentence; readers lose longer ones."""

ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"]{4,500}", re.IGNORECASE)
FILE_NAME = re.compile(
    r"[^/\\]{0,200}\.(?:png|jpe?g|gif|webp|avif|svg|heic|tiff?|bmp|pdf)"
    r"|(?:img|dsc|image|picture|scan|screenshot)[-_ ]?\d+",
    re.IGNORECASE,
)


class Note(NamedTuple):
    """One thing found in a section."""

    code: str
    severity: Severity
    what: str
    line: int
    excerpt: str = ""


def headings(text):
    """A heading may be one level below the one before it, and something stands under it."""
    above = min((heading.level for heading in text.headings), default=1) - 1
    for heading in text.headings:
        if heading.level > above + 1:
            what = _("The heading “%(heading)s” skips a level: write %(marks)s before it.")
            what %= {"heading": shortened(heading.text, 60), "marks": "#" * (above + 1)}
            yield Note("heading_level", Severity.WARNING, what, heading.line)
        if heading.is_empty:
            what = _("Nothing stands under the heading “%(heading)s”. Write some text, or remove the heading.")
            what %= {"heading": shortened(heading.text, 60)}
            yield Note("empty_heading", Severity.WARNING, what, heading.line)
        above = heading.level


def pictures(text, known):
    """A picture is one of this site's, where `known` names them, and has words for people who cannot see it."""
    for picture in text.pictures:
        if known is not None and media_path(picture.address) not in known:
            yield Note("foreign_picture", Severity.ERROR, picture_is_foreign(picture.address), picture.line)
        elif not picture.alt:
            yield Note("picture_without_words", Severity.ERROR, picture_has_no_words(picture.address), picture.line)
        elif is_file_name(picture.alt, picture.address):
            yield Note("file_name_as_words", Severity.WARNING, words_are_file_name(picture.alt), picture.line)


def is_file_name(alt, address):
    """Whether the words for a picture are only the name of a file."""
    file = PurePosixPath(unquote(address))
    return alt.lower() in (file.name.lower(), file.stem.lower()) or bool(FILE_NAME.fullmatch(alt))


def words_are_file_name(alt):
    """Return the sentence about a picture described by the name of its file."""
    return _("“%(alt)s” is the name of a file. Say what the picture shows.") % {"alt": shortened(alt, 60)}


def citations(text, keys):
    """What is cited is in the list of references, and no citation is missing."""
    for key, line in text.citations:
        if key not in keys:
            yield Note("unknown_key", Severity.ERROR, key_is_unknown(key), line)
    if text.needed:
        count = len(text.needed)
        what = ngettext(
            "A citation is marked as needed. Cite a reference, or remove the statement.",
            "%(count)d citations are marked as needed. Cite references, or remove the statements.",
            count,
        ) % {"count": count}
        yield Note("citation_needed", Severity.WARNING, what, text.needed[0])


def links(text):
    """A link says in words where it leads, and an address in the text is a link."""
    for link in text.links:
        if _is_address(link.words.strip(), link.address):
            what = _("The link %(address)s shows a bare address. Say in words where it leads: [words](address).")
            what %= {"address": shortened(link.words, 60)}
            yield Note("bare_address", Severity.WARNING, what, link.line)
    for words, line in text.unlinked:
        for match in ADDRESS.finditer(words):
            what = _("%(address)s is not a link. Make it one that says where it leads: [words](address).")
            what %= {"address": shortened(match[0].rstrip(".,;:!?)]’”"), 60)}
            yield Note("bare_address", Severity.WARNING, what, line)


def _is_address(words, address):
    bare = re.sub(r"^[a-z]+://", "", address).rstrip("/").lower()
    return bool(ADDRESS.match(words)) or (bool(bare) and words.rstrip("/").lower() == bare)


def sentences(found):
    """A sentence has no more words than readers can hold."""
    for sentence in found:
        if len(sentence.words) > MOST_WORDS:
            what = _("A sentence has %(words)d words; %(most)d are easier to follow. Divide it.")
            what %= {"words": len(sentence.words), "most": MOST_WORDS}
            yield Note("long_sentence", Severity.WARNING, what, sentence.line, " ".join(sentence.words[:10]) + "…")


def doses(found):
    """A dose has a unit."""
    for sentence in found:
        for number, phrase in doses_without_unit(sentence.words):
            what = _("%(number)s of what? Write the unit, such as mg or tablets.") % {"number": number}
            yield Note("dose_without_unit", Severity.WARNING, what, sentence.line, phrase)
