"""The pictures that a file names: where they are, and their addresses once they are stored."""

import re
from urllib.parse import unquote

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from monographs.importing.checking import check
from monographs.importing.document import ImportProblem
from monographs.importing.parser import pictures_in
from monographs.models import Picture
from monographs.pictures import store

ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def file_named(path, line, name):
    """Return the picture file that the file at `path` names. Raises ImportProblem unless it lies in its folder."""
    folder = path.parent.resolve()
    try:
        file = (folder / name).resolve()
        is_file = file.is_file()
    except (OSError, ValueError, RuntimeError):  # a name too long, or links in a circle
        file, is_file = folder, False
    if not file.is_relative_to(folder):
        reason = _("The picture %(name)s lies outside the folder of this file. Put it beside the file.")
        raise ImportProblem(path, line, reason % {"name": name})
    if not is_file:
        raise ImportProblem(path, line, _("There is no picture file %(name)s beside this file.") % {"name": name})
    return file


def store_named(path, line, name, by):
    """Return the Picture that the file at `path` names, stored if need be. Raises ImportProblem.

    A picture that this site exported is the one that it has: the same picture keeps its address.
    """
    own = Picture.objects.filter(file=name).first()
    try:
        file = file_named(path, line, name)
        with file.open("rb") as content:
            return own if own and _is_copy(content, own) else store(File(content, name=file.name), by=by)
    except ImportProblem:
        if own:
            return own
        raise
    except OSError as error:
        reason = _("The picture %(name)s cannot be opened: %(reason)s.") % {"name": name, "reason": error.strerror}
    except ValidationError as error:
        reason = _("The picture %(name)s: %(reason)s") % {"name": name, "reason": " ".join(error.messages)}
    raise ImportProblem(path, line, reason)


def _is_copy(content, picture):
    try:
        with default_storage.open(picture.file.name) as kept:
            return kept.read() == content.read()
    except OSError:
        return True  # the site lost the file, and what bears its name is all that there is


def write_credits(document, by):
    """Note who made the pictures of a document, for those of which the library knows nothing yet."""
    codes = {str(label): code for code, label in Picture.Licence.choices}
    for row in document.details.credits:
        picture = store_named(document.path, row.line, row.values["file"], by)
        if picture.credit or picture.licence:
            continue
        licence = row.values.get("licence", "")
        picture.licence = codes.get(licence, "")
        # A licence that the library does not list is still told.
        unlisted = "" if picture.licence else licence
        picture.credit = ", ".join(filter(None, [row.values.get("credit", ""), unlisted]))
        check(picture, path=document.path, where=_("Credit of %(file)s") % {"file": row.values["file"]}, line=row.line)
        picture.save(update_fields=["credit", "licence"])


def with_stored_pictures(path, section, *, address_of):
    """Return the Markdown of a section with `address_of(name, line)` for each picture that lies beside the file.

    Pictures that this site keeps already, and addresses elsewhere, stay as they are.
    """
    body = section.body
    for written, (address, start, end) in _pictures_beside(body):
        if start is not None:
            new = address_of(unquote(address), _line_of(section, written))
            body = body.replace(written, written[:start] + new + written[end:])
    for _written, (address, _start, _end) in _pictures_beside(body):
        reason = _("The picture %(name)s could not be followed. Write it as ![what it shows](%(name)s).")
        raise ImportProblem(path, section.line, reason % {"name": address})
    return body


def _line_of(section, written):
    if section.body_line is None:
        return section.line
    return section.body_line + section.body.count("\n", 0, section.body.find(written))


def _pictures_beside(body):
    if "![" not in body:
        return []
    return [
        (written, place)
        for written, place in pictures_in(body).items()
        if not place[0].startswith(settings.MEDIA_URL) and not ELSEWHERE.match(place[0])
    ]


def with_new_addresses(text, addresses):
    """Return a text with each address replaced by its new one, given as {old: new}."""
    changed = {old: new for old, new in addresses.items() if old != new}
    if not changed:
        return text
    return re.sub("|".join(map(re.escape, changed)), lambda match: changed[match[0]], text)
