"""The pictures that a Markdown file names: where they are, and their addresses once they are stored."""

import re
from urllib.parse import unquote

from django.conf import settings
from django.utils.translation import gettext as _

from monographs.importing.document import ImportProblem
from monographs.importing.parser import pictures_in

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


def with_stored_pictures(path, section, *, store):
    """Return the Markdown of a section with the address that `store(file, line)` returns for each picture beside it.

    Pictures that this site keeps already, and addresses elsewhere, stay as they are.
    """
    body = section.body
    for written, (address, start, end) in _pictures_beside(body):
        if start is not None:
            line = section.body_line + section.body.count("\n", 0, section.body.find(written))
            new = store(file_named(path, line, unquote(address)), line)
            body = body.replace(written, written[:start] + new + written[end:])
    for _written, (address, _start, _end) in _pictures_beside(body):
        reason = _("The picture %(name)s could not be followed. Write it as ![what it shows](%(name)s).")
        raise ImportProblem(path, section.line, reason % {"name": address})
    return body


def _pictures_beside(body):
    if "![" not in body:
        return []
    return [
        (written, place)
        for written, place in pictures_in(body).items()
        if not place[0].startswith(settings.MEDIA_URL) and not ELSEWHERE.match(place[0])
    ]
