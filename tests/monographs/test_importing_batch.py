"""Hundreds of files in one run: progress, a report at the end, and no bad file that stops another."""

import json
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from monographs.importing import batch
from monographs.models import Edition, LogEntry, Monograph
from tests.factories import make_monograph
from tests.monographs.reading import run

pytestmark = pytest.mark.django_db

SAMPLES = Path(__file__).parent / "samples"
GOOD = {
    "spl": ("xml", lambda name: (SAMPLES / "velmorine-spl.xml").read_text().replace("elmorine", name)),
    "fda": ("json", lambda name: json.dumps(label(name))),
    "markdown": ("md", lambda name: f'+++\ntitle = "M{name}"\n+++\n\n## Uses\n\nPain.\n'),
    "outline": ("txt", lambda name: f"O{name}\n\n1. Uses:\n- Pain.\n"),
}
BAD = {
    "cut.xml": ((SAMPLES / "velmorine-spl.xml").read_text()[:3000], "not XML"),
    "root.xml": ("<html/>", "begins with “html”"),
    "entity.xml": ('<!DOCTYPE a [<!ENTITY b "c">]><document/>', "document type"),
    "cut.json": ('{"openfda": {', "not JSON"),
    "root.json": ("[]", "neither a monograph"),
    "toml.md": ("+++\ntitle = 5\n+++\n\n## Uses\n", "must be text"),
    "heading.md": ("Text.\n", "No section heading"),
    "heading.txt": ("Text.\n", "No numbered heading"),
    "empty.txt": ("", "empty"),
}


def label(name):
    return {
        "openfda": {"generic_name": [f"J{name}"]},
        "indications_and_usage": ["1 INDICATIONS Pain."],
        "adverse_reactions": ["6 ADVERSE REACTIONS Nausea."],
    }


def write_files(folder, count):
    """Write that many good files of every form in turn, and the bad ones among them."""
    paths = []
    for number in range(count):
        ending, content = list(GOOD.values())[number % len(GOOD)]
        path = folder / f"f{number:03}.{ending}"
        path.write_text(content(f"edicine {number}"))
        paths.append(path)
    for number, (name, (content, _reason)) in enumerate(BAD.items()):
        path = folder / name
        path.write_text(content)
        paths.insert(number * count // len(BAD), path)
    return paths


@pytest.mark.long
def test_two_hundred_documents_go_in_and_the_bad_ones_are_named_at_the_end(tmp_path, monkeypatch):
    terminal = StringIO()
    terminal.isatty = lambda: True
    monkeypatch.setattr(sys, "stderr", terminal)
    paths = write_files(tmp_path, 191)

    out, err, failure = run(*paths)

    assert out[-1] == "200 in all; created: 191, updated: 0, unchanged: 0, failed: 9"
    assert failure == "Problems with 9 of 200, named above."
    assert len(err) == 9
    for (name, (_content, reason)), line in zip(BAD.items(), err, strict=True):
        assert line.startswith(f"{tmp_path / name}:")
        assert reason in line
    assert "200/200" in terminal.getvalue()
    assert Monograph.objects.count() == LogEntry.objects.filter(event=LogEntry.Event.IMPORTED).count() == 191
    assert not Edition.objects.exists()

    with (tmp_path / "f003.txt").open("a") as outline:
        outline.write("- Fever.\n")
    out, _err, _failure = run(*paths)

    assert out[-1] == "200 in all; created: 0, updated: 1, unchanged: 190, failed: 9"


def test_one_file_may_hold_many_medicines(tmp_path, monkeypatch):
    terminal = StringIO()
    terminal.isatty = lambda: True
    monkeypatch.setattr(sys, "stderr", terminal)
    path = tmp_path / "labels.json"
    results = [label("esalum"), {"openfda": {}, "warnings": [1]}, label("elmora"), label("esalum")]
    path.write_text(json.dumps({"meta": {}, "results": results}, indent=1))

    out, err, failure = run(path)

    assert out == [
        f"{path} (jesalum): created",
        f"{path}: failed",
        f"{path} (jelmora): created",
        f"{path}: failed",
        "4 in all; created: 2, updated: 0, unchanged: 0, failed: 2",
    ]
    assert "“warnings” must be a text or a list of texts" in err[0]
    assert "has the same address, “jesalum”" in err[1]
    assert failure == "Problems with 2 of 4, named above."
    assert run(path)[0][0] == f"{path} (jesalum): unchanged"


@pytest.mark.parametrize("option", [{"title": "Aspirin"}, {"slug": "aspirin"}])
def test_a_title_or_an_address_does_not_fit_a_file_of_several_medicines(tmp_path, option):
    path = tmp_path / "labels.json"
    path.write_text(json.dumps({"results": [label("a"), label("b")]}))

    assert "This file holds 2 medicines" in run(path, **option)[1][0]
    assert not Monograph.objects.exists()


def test_what_was_read_in_another_way_is_told(tmp_path):
    path = SAMPLES / "velmorine-spl.xml"

    out, _err, failure = run(path)

    assert out == [f"{path}: created", f"  {path}: 1 picture is not beside this file; the text names it instead."]
    assert failure is None


def test_labels_are_published_only_when_that_is_asked_for(tmp_path):
    path = SAMPLES / "velmorine-spl.xml"

    run(path)
    assert not Edition.objects.exists()

    assert run(path, publish=True)[0][0] == f"{path}: unchanged, published edition 1"


def test_what_was_done_before_an_interruption_is_reported(tmp_path, monkeypatch):
    paths = write_files(tmp_path, 4)
    read = batch.read_documents

    def interrupted(path):
        if path == paths[4]:
            raise KeyboardInterrupt
        return read(path)

    monkeypatch.setattr(batch, "read_documents", interrupted)
    out, err = StringIO(), StringIO()

    with pytest.raises(KeyboardInterrupt):
        call_command("import_monograph", *paths, stdout=out, stderr=err)

    assert "4 in all; " in out.getvalue()
    assert err.getvalue()


def test_an_export_of_the_whole_site_comes_back_in_one_run(tmp_path):
    for number in range(20):
        make_monograph(slug=f"medicine-{number}")
    call_command("export_monographs", tmp_path, stdout=StringIO())

    out, err, failure = run(*sorted(tmp_path.glob("*.md")))
    assert (out[-1], err, failure) == ("20 in all; created: 0, updated: 0, unchanged: 20, failed: 0", [], None)
    Monograph.objects.all().delete()
    out, err, failure = run(*sorted(tmp_path.glob("*.json")))
    assert (out[-1], err, failure) == ("20 in all; created: 20, updated: 0, unchanged: 0, failed: 0", [], None)
