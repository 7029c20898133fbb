"""Whatever a working copy says is read back to the same text."""

import tomllib
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monographs.exporting.markdown_form import as_markdown
from monographs.exporting.record import comparable, record_from, record_of
from monographs.exporting.toml import toml_of
from monographs.importing import documents_in
from monographs.models import Edition, Fact, Identifier, Picture, Reference, Section, Topic
from monographs.publishing import contents_of
from tests.factories import make_monograph
from tests.monographs.exports import assert_reads_back, make_picture, make_with_sections

pytestmark = pytest.mark.django_db


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
