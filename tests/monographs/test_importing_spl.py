"""A whole SPL label, and what of it cannot be read."""

import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from PIL import Image

from monographs.importing import ImportProblem, apply_document, documents_in
from monographs.models import Monograph, Picture
from tests.factories import make_monograph
from tests.monographs.reading import damaged, read_document
from tests.monographs.spl import FRAME, SAMPLE, problem_of, section

# A whole label


def test_parts_become_the_sections_that_their_codes_tell_and_others_keep_their_own():
    document = read_document(SAMPLE)

    assert [(section.kind, section.heading) for section in document.sections] == [
        ("uses", "Medical uses"),
        ("mechanism", "Mechanism of action"),
        ("forms", "Forms and administration"),
        ("effects", "Side effects"),
        ("research", "Emerging research"),
        ("other", "Recent major changes"),
        ("other", "16 HOW SUPPLIED"),
        ("other", "Package label: principal display panel"),
        ("other", "About this label"),
    ]


def test_parts_of_one_section_stand_under_their_own_titles_and_parts_within_them_below():
    forms, effects = read_document(SAMPLE).sections[2:4]

    assert re.findall("^#+ .*", forms.body, re.MULTILINE) == [
        "### 2 DOSAGE AND ADMINISTRATION",
        "### 3 DOSAGE FORMS AND STRENGTHS",
    ]
    assert re.findall("^#+ .*", effects.body, re.MULTILINE) == [
        "### WARNING: SLOW BREATHING",
        "### 5 WARNINGS AND PRECAUTIONS",
        "#### 5.1 Slow Breathing",
        "### 6 ADVERSE REACTIONS",
    ]


def test_a_boxed_warning_is_a_box():
    effects = read_document(SAMPLE).sections[3]

    assert (
        "::: urgent\n**Velmorine can slow breathing, above all in the first 24 hours.** Watch each new patient closely "
        "*\\[see Warnings (5.1)]*.\n:::"
    ) in effects.body


def test_highlights_stand_below_what_they_sum_up():
    uses = read_document(SAMPLE).sections[0]

    assert uses.body.endswith("#### Highlights\n\nVelmorine relieves pain for a short time (1).")


@pytest.mark.django_db
def test_a_label_makes_a_working_copy_with_names_codes_facts_and_its_source():
    monograph, _changed = apply_document(read_document(SAMPLE))

    assert (monograph.title, monograph.slug) == ("Velmorine hydrochloride", "velmorine-hydrochloride")
    assert monograph.summary == (
        "The text of the drug label of Velmorine hydrochloride by Example Pharma Ltd, in force since 3 May 2024."
    )
    assert monograph.names == ["Velmora XR"]
    assert [str(identifier) for identifier in monograph.identifiers.all()] == ["UNII 0A1B2C3D4E"]
    assert {fact.label: fact.value for fact in monograph.facts.all()} == {
        "Active ingredients": "Velmorine hydrochloride",
        "Forms": "Tablet, film coated",
        "Given by": "Oral",
        "Label by": "Example Pharma Ltd",
    }
    reference = monograph.references.get()
    assert (reference.key, reference.year, reference.source) == ("label", 2024, "DailyMed, version 6")
    assert reference.url.endswith("setid=7d5d2a34-91ce-4f0b-8c6e-3a1b5e9f4c21")
    assert not monograph.editions.exists()
    assert monograph.publish(by=None, note="First.").number == 1


@pytest.mark.django_db
def test_a_label_adds_to_what_an_editor_wrote_and_replaces_the_sections():
    monograph = make_monograph(
        slug="velmorine-hydrochloride", title="Velmorine", subtitle="Mine", summary="Mine.", other_names="Velmora XR"
    )
    monograph.references.create(key="mine", authors="A", year=2020, title="B", source="C", position=1)
    monograph.facts.create(label="Forms", value="Drops", position=1)
    monograph.facts.create(label="Mine", value="Yes", position=2)

    for _turn in range(2):
        _monograph, is_changed = apply_document(read_document(SAMPLE))

    monograph.refresh_from_db()
    assert not is_changed
    assert (monograph.subtitle, monograph.summary, monograph.names) == ("Mine", "Mine.", ["Velmora XR"])
    assert [reference.key for reference in monograph.references.all()] == ["mine", "label"]
    assert [(fact.label, fact.value) for fact in monograph.facts.all()][:2] == [
        ("Forms", "Tablet, film coated"),
        ("Mine", "Yes"),
    ]
    assert monograph.sections.count() == 9


@pytest.mark.django_db
def test_pictures_beside_the_label_come_along(tmp_path):
    label = tmp_path / "label.xml"
    label.write_bytes(SAMPLE.read_bytes())
    Image.new("RGB", (40, 30), "red").save(tmp_path / "velmorine-01.jpg")

    document = read_document(label)
    monograph, _changed = apply_document(document)

    assert document.notes == ()
    address = f"/media/{Picture.objects.get().file.name}"
    assert f'![A receptor with velmorine in its pocket]({address} "Figure 1: The receptor")' in (
        monograph.sections.get(kind="mechanism").body
    )


def test_a_picture_that_is_not_there_is_named_in_the_text_and_noted():
    document = read_document(SAMPLE)

    assert "*Picture: A receptor with velmorine in its pocket (velmorine-01.jpg)*" in document.sections[1].body
    assert document.notes == ((None, "1 picture is not beside this file; the text names it instead."),)


# What cannot be read


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("<document", 1, "not XML that can be read"),
        (SAMPLE.read_text()[:5000], None, "not XML that can be read"),
        ('<html xmlns="urn:hl7-org:v3"><body/></html>', 1, "begins with “html”"),
        ("\n\n<document/>", 3, "begins with “document”"),
        (FRAME.format(""), 2, "has no text"),
        (FRAME.format(section("&nbsp;")), 3, "not XML that can be read"),
        (FRAME.format(section("a\u202eb")), 3, "U+202E"),
        (FRAME.format(section('<paragraph ID="a\ufeff"/>')), 3, "U+FEFF"),
        (FRAME.format(section("<content>" * 70 + "</content>" * 70)), 3, "inside 60 others"),
        (FRAME.format(section("<br/>" * 300_000)), 3, "more than 300000 elements"),
        ('<!DOCTYPE a [<!ENTITY b "c">]>\n<document/>', 1, "declares a document type"),
        ('<?xml version="1.0" encoding="nonsense"?>\n<document/>', None, "not XML that can be read"),
        ('<?xml version="1.0" encoding="shift_jis"?>\n<document/>', None, "not XML that can be read"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(content, line, reason):
    problem = problem_of(content)

    assert reason in problem.reason, problem
    assert problem.line == line if line else problem.line


@pytest.mark.parametrize(
    "entity",
    [
        '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">',
        '<!ENTITY b SYSTEM "file:///etc/hostname">',
        '<!ENTITY % b SYSTEM "http://127.0.0.1:1/">%b;',
    ],
)
def test_entities_are_neither_expanded_nor_fetched(entity):
    assert "document type" in problem_of(f"<!DOCTYPE d [{entity}]>\n{FRAME.format(section('&b;'))[39:]}").reason


def test_utf_16_is_read():
    content = FRAME.format(section("Café")).replace("UTF-8", "UTF-16").encode("utf-16")

    (document,) = documents_in(Path("label.xml"), content)

    assert "Café" in document.sections[0].body


@given(damaged(SAMPLE.read_bytes()))
@settings(max_examples=60, deadline=None)
def test_a_damaged_label_is_read_or_refused_and_nothing_else(content):
    with suppress(ImportProblem):
        documents_in(Path("label.xml"), content)


@pytest.mark.django_db
def test_nothing_is_written_of_a_label_that_is_refused(tmp_path):
    label = tmp_path / "label.xml"
    label.write_bytes(SAMPLE.read_bytes())
    (tmp_path / "velmorine-01.jpg").write_text("no picture")

    with pytest.raises(ImportProblem, match="not a picture"):
        apply_document(read_document(label))

    assert not Monograph.objects.exists()
