"""A site, its archive, and what both say."""

import io

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from PIL import Image

from monographs.pictures import store
from portal.backup.archive import Reader
from tests.factories import make_published, make_user
from tests.factories_reviews import make_approved, make_rejected, make_review


def make_site():
    """Make a site with something in most tables, and characters of all kinds; return its first monograph."""
    monograph = make_published(title="Ketamine “S” – Ω 💊", slug="ketamine")
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(buffer, "PNG")
    store(ContentFile(buffer.getvalue()), by=None)
    make_approved(monograph=monograph, title="Ünï – 漢字 – \u2028 🙂", email="ada@example.org")
    make_rejected(monograph=monograph)
    make_review(monograph=monograph, findings=[{"kind": "x", "words": "ß", "b": 1, "a": 2.5}])
    make_published(title="Other")
    make_user("reviews.moderate_review", username="vera")
    return monograph


def back_up(path):
    call_command("backup", path, stdout=io.StringIO())
    return Reader(path)


def restore(path, **options):
    call_command("restore", path, stdout=io.StringIO(), **options)


def facts(tmp_path, name="now.zip"):
    """Return one digest over all rows and files of the site as it is now."""
    return back_up(tmp_path / name).digest


def empty_site():
    call_command("flush", interactive=False, verbosity=0)
    for name in default_storage.listdir("pictures")[1]:
        default_storage.delete(f"pictures/{name}")
