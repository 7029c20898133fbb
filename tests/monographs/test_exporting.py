"""How monographs are exported, and the folder into which they are written."""

import json
import os
import sys
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from monographs.models import Monograph, Picture
from monographs.publishing import contents_of
from tests.factories import make_monograph
from tests.monographs.exports import assert_reads_back, bring_in, export, make_picture, make_with_sections

pytestmark = pytest.mark.django_db


# How it is written


def test_a_plain_monograph_is_plain_markdown(tmp_path):
    monograph = make_with_sections(
        ("uses", "Medical uses", "Pain.[@a]"),
        ("other", "History #1", "Old.\n\n### Early years\n\nNone."),
        title="Ketamine",
        slug="ketamine",
        summary="A medicine.",
    )
    monograph.references.create(
        key="a", authors="B", year=2020, title="C", source="D", checked_on=date(2026, 5, 31), position=1
    )

    export(tmp_path)

    assert (tmp_path / "ketamine.md").read_text() == (
        '+++\nslug = "ketamine"\ntitle = "Ketamine"\nsummary = "A medicine."\n\n[[references]]\nkey = "a"\n'
        'authors = "B"\nyear = 2020\ntitle = "C"\nsource = "D"\nchecked_on = 2026-05-31\n+++\n\n'
        "## Medical uses\n\nPain.[@a]\n\n## History #1\n\nOld.\n\n### Early years\n\nNone.\n"
    )
    assert_reads_back(monograph, tmp_path)


def test_a_second_level_heading_in_a_text_begins_no_section(tmp_path):
    body = "Common:\n\n## Nausea\n\nOften.\n"
    monograph = make_with_sections(("uses", "Uses", "Pain."), ("effects", "Side effects", body), slug="ketamine")

    export(tmp_path)

    written = (tmp_path / "ketamine.md").read_text()
    assert f"kind = \"effects\"\nheading = \"Side effects\"\ntext = '''\n{body}'''\n" in written
    assert written.endswith("+++\n\n## Uses\n\nPain.\n")
    assert_reads_back(monograph, tmp_path)


def test_kinds_that_the_headings_do_not_tell_and_their_order_are_kept(tmp_path):
    assert_reads_back(
        make_with_sections(("research", "History", "A."), ("uses", "Research", "B."), ("uses", "Uses", "C.")), tmp_path
    )


def test_a_monograph_without_sections_stays_without(tmp_path):
    assert_reads_back(make_with_sections(), tmp_path)


def test_pictures_are_copied_beside_and_come_back_under_their_own_address(tmp_path):
    picture, lead = make_picture("red"), make_picture("blue")
    body = f'![A diagram](/media/{picture.file.name} "Caption")'
    monograph = make_with_sections(
        ("uses", "Uses", body), slug="ketamine", lead_picture=lead, lead_picture_alt="The formula."
    )

    out, _err, failure = export(tmp_path)

    assert f"Monographs: 1, pictures: 2, in {tmp_path}." in out
    assert failure is None
    assert f'![A diagram]({picture.file.name} "Caption")' in (tmp_path / "ketamine.md").read_text()
    assert sorted(path.name for path in (tmp_path / "pictures").iterdir()) == sorted(
        Path(name).name for name in (picture.file.name, lead.file.name)
    )
    assert_reads_back(monograph, tmp_path)
    assert Picture.objects.count() == 2


@pytest.mark.parametrize("ending", ["md", "json"])
def test_another_site_stores_the_pictures_and_names_them_by_its_own_addresses(tmp_path, ending):
    picture = make_picture(credit="Jane Doe", licence=Picture.Licence.CC_BY_4)
    text = f"![A](/media/{picture.file.name}) and `/media/{picture.file.name}`"
    make_with_sections(("uses", "Uses", text), slug="ketamine", lead_picture=picture)
    export(tmp_path)
    Monograph.objects.all().delete()
    Picture.objects.all().delete()
    copy = tmp_path / picture.file.name
    Image.new("RGB", (80, 60), "green").save(copy)

    monograph, _changed = bring_in(tmp_path / f"ketamine.{ending}")

    (stored,) = Picture.objects.all()
    assert stored.file.name != picture.file.name
    assert f"![A](/media/{stored.file.name})" in monograph.sections.get().body
    assert monograph.lead_picture == stored
    assert (stored.credit, stored.licence) == ("Jane Doe", Picture.Licence.CC_BY_4)
    assert bring_in(tmp_path / f"ketamine.{ending}")[1] is False


def test_what_the_library_says_about_a_picture_is_kept_and_a_licence_it_does_not_list_is_told(tmp_path):
    picture = make_picture(credit="Jane Doe", licence=Picture.Licence.CC_BY_4)
    make_with_sections(("uses", "Uses", f"![A](/media/{picture.file.name})"), slug="ketamine")
    export(tmp_path)
    path = tmp_path / "ketamine.md"
    path.write_text(path.read_text().replace("CC BY 4.0", "GFDL 1.2"))

    bring_in(path)
    picture.refresh_from_db()
    assert (picture.credit, picture.licence) == ("Jane Doe", "cc-by-4.0")

    Picture.objects.update(credit="", licence="")
    bring_in(path)
    picture.refresh_from_db()
    assert (picture.credit, picture.licence) == ("Jane Doe, GFDL 1.2", "")


def test_a_lost_picture_is_told_and_the_text_goes_out(tmp_path):
    picture = make_picture()
    monograph = make_with_sections(("uses", "Uses", f"![A](/media/{picture.file.name})"), slug="ketamine")
    default_storage.delete(picture.file.name)

    _out, err, failure = export(tmp_path)

    assert err == f"ketamine: The picture {picture.file.name} is lost, so it is not beside the text.\n"
    assert failure == "Problems with 1 of 1, named above."
    assert_reads_back(monograph, tmp_path)


def test_json_names_its_form_and_shows_text_as_it_is(tmp_path):
    make_with_sections(("uses", "Uses", "Café\u202e\ufeff"), slug="ketamine", title="Ketamine")

    export(tmp_path)

    written = (tmp_path / "ketamine.json").read_text()
    assert written.startswith('{\n  "format": "monograph",\n  "version": 1,\n  "slug": "ketamine",\n')
    assert "Café\\u202e\\ufeff" in written
    assert json.loads(written)["sections"] == [{"kind": "uses", "heading": "Uses", "text": "Café\u202e\ufeff"}]


def test_a_text_too_long_for_markdown_is_told_and_goes_out_as_json(tmp_path):
    monograph = make_with_sections(*((("other", f"Part {number}", "word " * 9_990)) for number in range(42)))

    _out, err, failure = export(tmp_path)

    assert "only JSON was written" in err
    assert failure
    assert not list(tmp_path.glob("*.md"))
    contents = contents_of(monograph)
    monograph.delete()
    bring_in(tmp_path / f"{monograph.slug}.json")
    assert contents_of(Monograph.objects.get()) == contents


# The folder


def test_all_monographs_or_those_that_are_named_are_written_and_other_files_stay(tmp_path):
    for slug in ("aspirin", "codeine"):
        make_monograph(slug=slug)
    (tmp_path / "notes.md").write_text("Mine.")

    assert export(tmp_path, slugs=["codeine"])[0] == f"Monographs: 1, pictures: 0, in {tmp_path}.\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["codeine.json", "codeine.md", "notes.md"]
    export(tmp_path)
    assert {path.stem for path in tmp_path.iterdir()} == {"aspirin", "codeine", "notes"}
    assert (tmp_path / "notes.md").read_text() == "Mine."


def test_a_folder_is_made_and_a_file_is_refused(tmp_path):
    make_monograph(slug="aspirin")
    file = tmp_path / "file"
    file.write_text("Mine.")

    export(tmp_path / "a" / "b")

    assert (tmp_path / "a" / "b" / "aspirin.md").exists()
    assert export(file)[2] == f"Nothing can be written to {file}: File exists."
    assert file.read_text() == "Mine."


def test_an_unknown_address_is_refused_before_anything_is_written(tmp_path):
    make_monograph(slug="aspirin")

    assert export(tmp_path / "out", slugs=["aspirin", "codein"])[2] == "No monograph has the address codein."
    assert not (tmp_path / "out").exists()


def test_a_file_is_never_half_written(tmp_path, monkeypatch):
    make_monograph(slug="aspirin", summary="First.")
    export(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    Monograph.objects.update(summary="Second.")

    def full_disk(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)

    assert export(tmp_path)[2] == f"Nothing can be written to {tmp_path}: No space left on device."
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_progress_bar_is_for_people_who_watch(tmp_path, monkeypatch):
    make_monograph()
    make_monograph()
    terminal = StringIO()
    terminal.isatty = lambda: True
    monkeypatch.setattr(sys, "stderr", terminal)

    export(tmp_path)

    assert "2/2" in terminal.getvalue()
