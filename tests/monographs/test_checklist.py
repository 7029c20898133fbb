"""The checklist: parts, headings, pictures and links."""

import pytest

from monographs.checklist import MOST_ALIKE, Severity
from monographs.rendering import MAX_SOURCE, render
from tests.monographs.findings import ADDRESS, PICTURE, codes, found, reference


def test_a_text_without_fault_has_no_findings():
    source = "It works.[@a-1]\n\n### How\n\nTake 20 mg daily. See [the leaflet](https://example.org/leaflet)."
    assert found(source, references=[reference()]) == []


@pytest.mark.parametrize(
    ("values", "sentence", "field"),
    [
        ({"title": " "}, "The monograph has no title.", "id_title"),
        ({"summary": ""}, "The monograph has no summary.", "id_summary"),
        ({"sections": []}, "The monograph has no sections.", "sections-group"),
        (
            {"picture": {"path": PICTURE, "alt": " "}},
            "Lead picture: It has no text for people who cannot see it.",
            "id_lead_picture_alt",
        ),
    ],
)
def test_a_missing_part_is_an_error_that_leads_to_its_field(values, sentence, field):
    (finding,) = found(**values)
    assert (str(finding), finding.severity, finding.place.field_id) == (sentence, Severity.ERROR, field)


def test_the_words_of_the_summary_are_looked_at_too():
    findings = found(summary=f"Take 20 daily. {'Word ' * 31}.")
    assert [(f.where, f.code, f.place.field_id) for f in findings] == [
        ("Summary", "long_sentence", "id_summary"),
        ("Summary", "dose_without_unit", "id_summary"),
    ]


def test_an_empty_section_is_an_error_that_leads_to_its_text():
    (finding,) = found("Some.", " \n")
    assert str(finding) == "Section “Part 2”: It has no text. Write some, or remove the section."
    assert finding.is_error
    assert finding.place.field_id == "id_sections-1-body"


def test_an_unknown_key_is_an_error_on_its_line():
    (finding,) = found("One.\n\nTwo\nthree.[@nobody]")
    assert (finding.code, finding.is_error, finding.place.line) == ("unknown_key", True, 4)
    assert finding.what == "[@nobody] is cited, but no reference has the key “nobody”."


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("## A\n\nText.\n\n### B\n\nText.\n\n## C\n\nText.", []),
        ("### A\n\nText.\n\n#### B\n\nText.", []),
        ("## A\n\nText.\n\n#### B\n\nText.", [5]),
        ("### A\n\nText.\n\n## B\n\nText.", [1]),
        ("A\n=\n\nText.\n\n### B\n\nText.", [6]),
        ("## A\n\nText.\n\n::: note\n#### B\n\nText.\n:::", [6]),
    ],
)
def test_a_heading_that_skips_a_level_is_a_warning_on_its_line(source, lines):
    assert [(f.code, f.is_error, f.place.line) for f in found(source)] == [
        ("heading_level", False, line) for line in lines
    ]


def test_the_sentence_about_a_skipped_level_says_what_to_write():
    (finding,) = found("## A\n\nText.\n\n#### B\n\nText.")
    assert "write ### before it" in finding.what


@pytest.mark.parametrize(
    ("source", "empty"),
    [
        ("## A\n\n### B\n\nText.", []),
        ("Text.\n\n## A", ["A"]),
        ("## A\n\n## B\n\n- Text.", ["A"]),
        ("::: note\n## A\n:::\n\nText.", ["A"]),
        ("## A\n\n| a |\n|---|\n| 1 |", []),
    ],
)
def test_a_heading_with_nothing_under_it_is_a_warning(source, empty):
    assert [f.what.split("“")[1].split("”")[0] for f in found(source) if f.code == "empty_heading"] == empty


@pytest.mark.parametrize(
    ("alt", "code"),
    [
        ("", "picture_without_words"),
        ("  ", "picture_without_words"),
        ("0123456789abcdef.png", "file_name_as_words"),
        ("0123456789ABCDEF", "file_name_as_words"),
        ("nmda block.jpeg", "file_name_as_words"),
        ("IMG_2041", "file_name_as_words"),
        ("A receptor, blocked", None),
        ("Image of a receptor", None),
    ],
)
def test_a_picture_has_words_that_are_not_the_name_of_its_file(alt, code):
    assert codes(f"Text.\n\n![{alt}]({ADDRESS})") == ([code] if code else [])
    if alt.strip():
        assert codes(picture={"path": PICTURE, "alt": alt}) == ([code] if code else [])


def test_a_picture_that_is_not_of_this_site_is_an_error_where_its_pictures_are_known():
    source = f"![A receptor]({ADDRESS}) ![Another](https://elsewhere.example/a.png)"
    assert codes(source) == []
    (finding,) = found(source, pictures={PICTURE: {}})
    assert finding.what == (
        "The picture https://elsewhere.example/a.png is not one of this site’s. Upload it in the editor."
    )


@pytest.mark.parametrize(
    "source",
    [
        "See <https://example.org/leaflet>.",
        "See [https://example.org/leaflet](https://example.org/leaflet).",
        "See [example.org/leaflet](https://example.org/leaflet/).",
        "See https://example.org/leaflet.",
        "See www.example.org.",
    ],
)
def test_a_bare_address_is_a_warning(source):
    assert codes(source) == ["bare_address"]


@pytest.mark.parametrize(
    "source", ["See [the leaflet](https://example.org).", "Write to <me@example.org>.", "`https://example.org`"]
)
def test_a_link_with_words_and_a_mail_address_are_fine(source):
    assert codes(source) == []


def test_many_alike_are_counted_and_not_listed():
    findings = found(" ".join(f"[@key{number}]" for number in range(100)))
    assert len(findings) == MOST_ALIKE + 1
    assert findings[-1].what == "There are 90 more like this."
    assert findings[-1].is_error


def test_a_text_out_of_bounds_is_an_error_with_the_renderers_sentence():
    (finding,) = found("x" * (MAX_SOURCE + 1))
    assert finding.is_error
    assert finding.what == render("x" * (MAX_SOURCE + 1)).problems[0]
