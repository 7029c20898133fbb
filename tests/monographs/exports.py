"""Monographs that are exported and read back."""

import io
from io import StringIO

from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from PIL import Image

from monographs.importing import apply_document, read_documents
from monographs.models import Monograph, Section, Topic
from monographs.pictures import store
from monographs.publishing import contents_of
from tests.factories import make_monograph


def make_picture(colour="red", credit="", licence=""):
    content = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(content, "PNG")
    picture = store(ContentFile(content.getvalue(), name="picture.png"), by=None)
    picture.credit, picture.licence = credit, licence
    picture.save()
    return picture


def export(folder, **options):
    """Return (stdout, stderr, the message of the failure or None)."""
    out, err, failure = StringIO(), StringIO(), None
    try:
        call_command("export_monographs", folder, stdout=out, stderr=err, **options)
    except CommandError as error:
        failure = str(error)
    return out.getvalue(), err.getvalue(), failure


def bring_in(path):
    (document,) = read_documents(path)
    return apply_document(document)


def assert_reads_back(monograph, folder):
    """Export a monograph, and import each of its files in its place."""
    contents, slug = contents_of(monograph), monograph.slug
    export(folder, slugs=[slug])
    for ending in ("md", "json"):
        Monograph.objects.get(slug=slug).delete()
        Topic.objects.all().delete()

        bring_in(folder / f"{slug}.{ending}")

        assert contents_of(Monograph.objects.get(slug=slug)) == contents, ending
        assert bring_in(folder / f"{slug}.{ending}")[1] is False, ending


def make_with_sections(*sections, **kwargs):
    """Make a monograph whose sections are (kind, heading, body)."""
    monograph = make_monograph(**kwargs)
    monograph.sections.all().delete()
    for position, (kind, heading, body) in enumerate(sections, start=1):
        Section.objects.create(monograph=monograph, kind=kind, heading=heading, body=body, position=position)
    return monograph
