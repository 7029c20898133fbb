"""manage.py import_monograph, as an operator uses it."""

import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from monographs.models import Edition, Monograph
from tests.monographs.reading import run

pytestmark = pytest.mark.django_db

ARTICLE = Path(__file__).parent / "samples" / "ketamine-article.txt"
OUTLINE = "{name} is a medicine.\n1. Uses:\n- Pain.\n"


def write(folder, name, text=None):
    path = folder / f"{name}.txt"
    path.write_text(text or OUTLINE.format(name=name.capitalize()))
    return path


def test_each_file_is_told_in_one_line(tmp_path):
    aspirin, codeine = write(tmp_path, "aspirin"), write(tmp_path, "codeine")

    assert run(aspirin) == ([f"{aspirin}: created"], [], None)
    assert run(aspirin, codeine) == (
        [
            f"{aspirin}: unchanged",
            f"{codeine}: created",
            "2 in all; created: 1, updated: 0, unchanged: 1, failed: 0",
        ],
        [],
        None,
    )
    aspirin.write_text(OUTLINE.format(name="Aspirin") + "- Fever.\n")
    assert run(aspirin) == ([f"{aspirin}: updated"], [], None)
    assert not Edition.objects.exists()


def test_publish_makes_an_edition_only_when_something_changed(tmp_path):
    aspirin = write(tmp_path, "aspirin")

    assert run(aspirin, publish=True)[0] == [f"{aspirin}: created, published edition 1"]
    assert run(aspirin, publish=True)[0] == [f"{aspirin}: unchanged"]
    aspirin.write_text(OUTLINE.format(name="Aspirin") + "- Fever.\n")
    assert run(aspirin)[0] == [f"{aspirin}: updated"]
    assert run(aspirin, publish=True)[0] == [f"{aspirin}: unchanged, published edition 2"]
    assert [edition.note for edition in Edition.objects.all()] == ["Imported from aspirin.txt."] * 2


def test_the_article_is_published_with_the_title_and_address_given():
    out, err, failure = run(ARTICLE, title="Ketamine", slug="ketamine", publish=True)

    assert (out, err, failure) == ([f"{ARTICLE}: created, published edition 1"], [], None)
    edition = Monograph.objects.get(slug="ketamine").edition_in_force
    assert edition.title == "Ketamine"
    assert "<strong>Pain Relief:</strong> It’s used in low doses" in edition.sections[0]["html"]


def test_bad_files_are_named_and_the_others_go_in(tmp_path):
    good = [write(tmp_path, "aspirin"), write(tmp_path, "codeine")]
    no_heading = write(tmp_path, "broken", "Only text.\n")
    no_text = tmp_path / "picture.txt"
    no_text.write_bytes(b"Text.\n\x89PNG\xff")

    out, err, failure = run(good[0], no_heading, tmp_path / "missing.txt", no_text, good[1])

    assert out == [
        f"{good[0]}: created",
        f"{no_heading}: failed",
        f"{tmp_path / 'missing.txt'}: failed",
        f"{no_text}: failed",
        f"{good[1]}: created",
        "5 in all; created: 2, updated: 0, unchanged: 0, failed: 3",
    ]
    assert err[0].startswith(f"{no_heading}:1: No numbered heading")
    assert err[1].startswith(f"{tmp_path / 'missing.txt'}: The file cannot be opened")
    assert err[2].startswith(f"{no_text}:2: This is not UTF-8 text")
    assert failure == "Problems with 3 of 5, named above."
    assert Monograph.objects.count() == 2


def test_a_problem_is_told_to_the_shell(tmp_path):
    with pytest.raises(CommandError) as caught:
        call_command("import_monograph", tmp_path / "missing.txt", stderr=StringIO())

    assert caught.value.returncode == 1


def test_what_stands_in_the_way_of_publishing_is_told_for_its_file(tmp_path):
    empty = write(tmp_path, "aspirin", "1. Uses:\n2. Forms:\n- Tablets.\n")

    out, err, failure = run(empty, publish=True)

    assert out == [f"{empty}: created"]
    assert err == [
        f"{empty}: The monograph has no summary.",
        f"{empty}: Section “Uses”: It has no text. Write some, or remove the section.",
    ]
    assert failure == "Problems with 1 of 1, named above."
    assert not Edition.objects.exists()


@pytest.mark.parametrize("option", [{"title": "Aspirin"}, {"slug": "aspirin"}])
def test_a_title_or_an_address_for_several_files_is_refused_before_anything_is_done(tmp_path, option):
    out, err, failure = run(write(tmp_path, "aspirin"), write(tmp_path, "codeine"), **option)

    assert (out, err) == ([], [])
    assert "for one file" in failure
    assert not Monograph.objects.exists()


def test_two_files_about_one_monograph_are_refused(tmp_path):
    first = write(tmp_path, "aspirin")
    second = write(tmp_path, "other", "Aspirin\n\nA medicine.\n1. Uses:\n- Fever.\n")

    out, err, _failure = run(first, second, first)

    assert out[:3] == [f"{first}: created", f"{second}: failed", f"{first}: unchanged"]
    assert err == [f"{second}: {first} has the same address, “aspirin”. Give one of the two another title or address."]


def test_a_file_name_that_is_no_text_does_no_harm(tmp_path):
    path = tmp_path / "aspirin-\udcff.txt"
    path.write_text(OUTLINE.format(name="Aspirin"))

    out, _err, failure = run(path, publish=True)

    assert out == [f"{tmp_path}/aspirin-�.txt: created, published edition 1"]
    assert failure is None


def test_a_progress_bar_is_for_people_who_watch_many_files(tmp_path, monkeypatch):
    files = [write(tmp_path, "aspirin"), write(tmp_path, "codeine")]
    terminal = StringIO()
    terminal.isatty = lambda: True
    monkeypatch.setattr(sys, "stderr", terminal)

    run(*files)

    assert "2/2" in terminal.getvalue()


def test_no_progress_bar_is_written_into_a_file(tmp_path, capsys):
    run(write(tmp_path, "aspirin"), write(tmp_path, "codeine"))

    assert capsys.readouterr().err == ""
