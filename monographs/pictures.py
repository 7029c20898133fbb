"""Uploaded pictures: checked, stripped of what they carry besides pixels, and re-encoded in several widths.

What nothing shows any more can be removed again, files included.
"""

import hashlib
import logging
import re
from contextlib import suppress
from functools import partial
from threading import Lock

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import ProtectedError, TextField
from django.db.models.functions import Cast
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from monographs.checklist.text import read
from monographs.locks import one_at_a_time
from monographs.markdown_rules import media_path
from monographs.models import Picture, SignOff
from monographs.picture_formats import encode, read_picture

logger = logging.getLogger(__name__)

MAX_BYTES = 10 * 1024 * 1024
ONE_OPEN = Lock()
"""A picture takes up to 300 MB while it is read and encoded, so that the threads of a worker take turns."""

ADDRESS = re.compile(re.escape(settings.MEDIA_URL) + r"(pictures/[0-9a-f]{16}\.(?:png|jpg))")
"""Addresses of pictures in Markdown; the group is the path below MEDIA_URL."""


def store(file, *, by):
    """Keep an upload and return its Picture; the same upload again returns the Picture that is there.

    `by` is a user, or None for a command. Raises ValidationError with a sentence that says what to do.
    """
    file.seek(0)
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ValidationError(
            _("This file is larger than %(most)s. Make the picture smaller and try again.")
            % {"most": filesizeformat(MAX_BYTES)},
            code="too_many_bytes",
        )
    digest = hashlib.sha256(data).hexdigest()
    if known := Picture.objects.filter(digest=digest).first():
        return known
    with ONE_OPEN:
        made = encode(*read_picture(data))
    stem = f"pictures/{digest[:16]}"
    name = f"{stem}.{made.ending}"
    files = {name: made.fallback}
    for width, formats in made.variants.items():
        files |= {f"{stem}-{width}.{ending}": content for ending, content in formats.items()}
    width, height = made.size
    fields = {"file": name, "width": width, "height": height, "widths": list(made.variants), "uploaded_by": by}
    try:
        return _keep(files, digest=digest, **fields)
    except OSError as error:
        logger.exception("A picture could not be stored")
        text = _("The picture cannot be stored at the moment. Try again in a minute.")
        raise ValidationError(text, code="not_stored") from error


@transaction.atomic
def _keep(files, *, digest, **fields):
    one_at_a_time(digest)
    # The row comes first: whoever loses a race gets the winner's row, and a refusal leaves no file behind.
    picture, is_new = Picture.objects.get_or_create(digest=digest, defaults=fields)
    if is_new:
        written = []
        try:
            for name, content in files.items():
                # What lies there without a row was left by a crash, and another name would not be found.
                default_storage.delete(name)
                written.append(default_storage.save(name, ContentFile(content)))
        except BaseException:
            for name in written:
                with suppress(OSError):
                    default_storage.delete(name)
            raise
    return picture


def learn_words(contents):
    """Take what a text says its pictures show for those that the library has not described yet."""
    undescribed = Picture.objects.shown_by(contents).filter(alt="")
    if not undescribed:
        return
    lead = contents["picture"]
    said = {lead["path"]: lead["alt"]} if lead else {}
    for section in contents["sections"]:
        for picture in read(section["source"]).pictures:
            said.setdefault(media_path(picture.address), picture.alt)
    for picture in undescribed:
        picture.alt = " ".join(said.get(picture.file.name, "").split())[: Picture._meta.get_field("alt").max_length]
    Picture.objects.bulk_update(undescribed, ["alt"])


def sent_with(picture):
    """Return the texts that a clinician may still sign and that show a picture."""
    waiting = SignOff.objects.waiting().annotate(text=Cast("contents", TextField()))
    return waiting.filter(text__contains=picture.file.name).select_related("monograph").defer("contents")


@transaction.atomic
def remove(picture):
    """Do what `Picture.remove` says."""
    Picture.objects.filter(pk=picture.pk).hold()
    if picture.is_used:
        raise Picture.InUse
    digest, names = picture.digest, picture.file_names()
    try:
        picture.delete()
    except ProtectedError as error:
        raise Picture.InUse from error
    transaction.on_commit(partial(_remove_files, digest, names))


@transaction.atomic
def _remove_files(digest, names):
    one_at_a_time(digest)
    # Somebody may have uploaded the same picture again since.
    if not Picture.objects.filter(digest=digest).exists():
        for name in names:
            default_storage.delete(name)
