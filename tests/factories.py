"""Plain functions that make what tests need, each with sensible values that a test may override."""

import io
import time
from itertools import count
from uuid import uuid4

from django.contrib.auth.models import Permission, User
from django.core.files.base import ContentFile
from django.core.signing import Signer, b62_encode
from PIL import Image

from monographs.models import Correction, Monograph
from monographs.pictures import store

_numbers = count(1)


EDITING = [
    f"monographs.{verb}_{model}"
    for verb in ("add", "change", "delete", "view")
    for model in ("monograph", "section", "fact", "identifier", "reference")
]
"""The permissions of whoever writes working copies."""


def make_user(*permissions, is_staff=True, **kwargs):
    """Make a user with permissions given as "app.codename"; password "pass"."""
    kwargs.setdefault("username", f"user{next(_numbers)}")
    user = User.objects.create_user(password="pass", is_staff=is_staff, **kwargs)
    for permission in permissions:
        app, codename = permission.split(".")
        user.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    return user


def make_monograph(*, body="Some text.", **kwargs):
    """Make a working copy that is fit to be published: five standard sections, each with `body`."""
    number = next(_numbers)
    kwargs.setdefault("title", f"Medicine {number}")
    kwargs.setdefault("slug", f"medicine-{number}")
    kwargs.setdefault("summary", "A medicine for tests.")
    monograph = Monograph.objects.create(**kwargs)
    monograph.sections.update(body=body)
    return monograph


def make_published(*, note="First edition.", by=None, public_from=None, **kwargs):
    """Make a monograph and publish its first edition; return the monograph."""
    monograph = make_monograph(**kwargs)
    monograph.publish(by=by, note=note, public_from=public_from)
    return monograph


def make_opening(purpose, monograph=None, *, seconds_ago=60):
    """Return the note of a form that was opened some time ago; of one that belongs to no monograph without any."""
    opened = b62_encode(int(time.time()) - seconds_ago)
    return Signer(salt=f"{purpose}.opening").sign(f"{monograph.pk if monograph else 0}-{uuid4().hex}:{opened}")


def make_correction(*, monograph=None, **kwargs):
    """Make a correction of the edition in force that nobody has answered."""
    monograph = monograph or make_published()
    kwargs.setdefault("anchor", "uses")
    kwargs.setdefault("heading", "Medical uses")
    kwargs.setdefault("text", "The dose is ten times too high.")
    return Correction.objects.create(edition=monograph.edition_in_force, **kwargs)


def make_picture(*, size=(40, 30), **kwargs):
    """Make a picture of the library, each of another colour."""
    buffer = io.BytesIO()
    Image.new("RGB", size, (next(_numbers) % 256, next(_numbers) % 256, 90)).save(buffer, "PNG")
    picture = store(ContentFile(buffer.getvalue()), by=None)
    for name, value in kwargs.items():
        setattr(picture, name, value)
    picture.save()
    return picture
