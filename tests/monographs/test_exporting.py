"""Export: files that an import reads back to the same text."""

import io
import json
import os
import sys
import tomllib
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from monographs.exporting.markdown_form import as_markdown
from monographs.exporting.record import comparable, record_from, record_of
from monographs.exporting.toml import toml_of
from monographs.importing import apply_document, documents_in, read_documents
from monographs.models import Edition, Fact, Identifier, Monograph, Picture, Reference, Section, Topic
from monographs.pictures import store
from monographs.publishing import contents_of
from tests.factories import make_monograph

pytestmark = pytest.mark.django_db


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


# Whatever a working copy says

LINES = [
    "## Not a section",
    "# Nor a title",
    "### Below",
    "Text",
    "---",
    "===",
    "+++",
    "```",
    "~~~~",
    "::: urgent",
    ":::",
    "    code",
    "- item",
    "1. item",
    "> quotation",
    "| a | b |",
    "| --- | --- |",
    "[a]: https://example.org",
    "[a] and [@key] and [b][a]",
    "[[facts]]",
    "'''",
    '"""',
    "''",
    "\\",
    "ends with a backslash\\",
    "<!-- no comment -->",
    "![a](PICTURE)",
    '![a](PICTURE "With a caption")',
    "`![a](PICTURE)`",
    "![a][pic]",
    "[pic]: PICTURE",
    "![a](pictures/elsewhere.png)",
    "![a](https://example.org/a.png)",
    "trailing spaces  ",
    "\ttab\t",
    "x" * 6000,
    " " * 1700 + "far right",
    "+" * 803,
]
TOPICS = {"Pain": "pain", "Mental health": "mind", "—": "dash", "Café": "cafe"}
odd = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
text = st.text(
    st.one_of(st.sampled_from("ab \t\r\n\"'\\`*_[](){}<>#+-=.!|&~\x0b\x85\u2028\ufeff\u202e\x1b"), odd), max_size=20
)
line = text.map(lambda value: " ".join(value.split()) or "x")
body = st.lists(st.one_of(st.sampled_from(LINES), text), max_size=8).flatmap(
    lambda lines: st.sampled_from(["\n", "\r\n", "\n\n"]).map(lambda end: end.join(lines))
)
section = st.tuples(
    st.sampled_from(Section.Kind.values),
    st.one_of(st.sampled_from([str(label) for label in Section.Kind.labels]), line),
    body,
)
reference = st.fixed_dictionaries(
    {
        "authors": line,
        "year": st.integers(1500, 2200),
        "title": line,
        "source": line,
        "doi": st.sampled_from(["", "10.1097/AAP.0000000000000806"]),
        "pmid": st.sampled_from(["", "29870457"]),
        "url": st.sampled_from(["", "https://example.org/a?b=c#d"]),
        "checked_on": st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2100, 1, 1))),
    }
)
monographs = st.fixed_dictionaries(
    {
        "title": line,
        "subtitle": st.one_of(st.just(""), line),
        "other_names": st.lists(line, max_size=3).map("\n".join),
        "summary": text,
        "lead": st.one_of(st.none(), st.tuples(st.one_of(st.just(""), line), st.one_of(st.just(""), line))),
        "topics": st.lists(st.sampled_from(list(TOPICS)), unique=True, max_size=3),
        "facts": st.lists(st.tuples(line, text.filter(bool)), max_size=3),
        "identifiers": st.lists(st.sampled_from([("CAS", "6740-88-1"), ("ATC", "N01AX03")]), unique=True, max_size=2),
        "references": st.lists(reference, max_size=3),
        "sections": st.lists(section, max_size=4),
        "credit": st.tuples(st.one_of(st.just(""), line), st.sampled_from(["", *Picture.Licence])),
    }
)


def make_random(values, pictures):
    lead, address = values["lead"], f"/media/{pictures[0].file.name}"
    monograph = make_with_sections(
        *((kind, heading, body.replace("PICTURE", address)) for kind, heading, body in values["sections"]),
        **{name: values[name] for name in ("title", "subtitle", "other_names", "summary")},
        lead_picture=pictures[1] if lead else None,
        lead_picture_alt=lead[0] if lead else "",
        lead_picture_caption=lead[1] if lead else "",
    )
    for name in values["topics"]:
        monograph.topics.add(Topic.objects.create(name=name, slug=TOPICS[name]))
    for number, (label, value) in enumerate(values["facts"]):
        Fact.objects.create(monograph=monograph, label=label, value=value, position=number)
    for number, (register, value) in enumerate(values["identifiers"]):
        Identifier.objects.create(monograph=monograph, register=register, value=value, position=number)
    for number, fields in enumerate(values["references"]):
        Reference.objects.create(monograph=monograph, key=f"key{number}", position=number, **fields)
    return monograph


@given(values=monographs)
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_every_working_copy_is_read_back_from_markdown_and_from_json_to_the_same_text(db, tmp_path, values):
    pictures = [make_picture("red", *values["credit"]), make_picture("blue", credit="Jane Doe")]

    with transaction.atomic():  # nothing is in the way of the next example
        assert_reads_back(make_random(values, pictures), tmp_path)
        transaction.set_rollback(True)


def record_of_sections(sections, summary=""):
    """A record with these sections, whose pictures are those of `PICTURE` in them."""
    picture = {"address": "/media/pictures/0123456789abcdef.png", "file": "pictures/0123456789abcdef.png"}
    return {
        "slug": "a",
        "title": "Medicine",
        "subtitle": "",
        "other_names": [],
        "summary": summary,
        "lead_picture": None,
        **{name: [] for name in ("topics", "facts", "identifiers", "references", "credits")},
        "sections": [
            {"kind": kind, "heading": heading, "text": body.replace("PICTURE", picture["address"])}
            for kind, heading, body in sections
        ],
        "pictures": [picture],
    }


@given(sections=st.lists(section, max_size=4), summary=text)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_markdown_can_hold_any_text(sections, summary):
    record = record_of_sections(sections, summary)

    (document,) = documents_in(Path("export.md"), as_markdown(record).encode())

    assert record_from(document) == comparable(record)


@given(st.text(odd, max_size=40), st.lists(body, min_size=1, max_size=3))
@settings(max_examples=150, deadline=None)
def test_toml_holds_any_text(short, texts):
    values = {"short": short or "x", "list": [short], "tables": [{"text": text} for text in texts]}

    written = toml_of(values)

    assert tomllib.loads(written) == values
    assert not any(line.rstrip() == "+++" or len(line) > 5000 for line in written.split("\n"))


def test_every_part_that_an_edition_freezes_is_exported():
    picture = make_picture(credit="Jane Doe", licence=Picture.Licence.CC_BY_4)
    monograph = make_monograph(body=f"![A square]({picture.file.url})")
    monograph.references.create(key="a", authors="B", year=2020, title="C", source="D")
    monograph.facts.create(label="Class", value="Anaesthetic")
    contents, record = contents_of(monograph), record_of(monograph)

    assert set(contents) == set(Edition.FROZEN)
    assert set(Edition.FROZEN) - set(record) == {"picture"}  # there it is lead_picture, named by its file
    for name in ("references", "facts", "topics"):
        assert all(set(row) == set(contents[name][index]) for index, row in enumerate(record[name]))


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
