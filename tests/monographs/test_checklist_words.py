"""The checklist: sentences, doses, references and the reading age, in any text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monographs.checklist import MOST_ALIKE, look_at
from monographs.checklist.reading_age import Reading, syllables_in
from monographs.rendering import MAX_SOURCE, render
from tests.measuring import is_done_within
from tests.monographs.findings import ADDRESS, PICTURE, codes, contents, found, reference


def test_a_sentence_of_more_than_thirty_words_is_a_warning_with_its_beginning():
    long = "word " * 30 + "end."
    (finding,) = found(f"Short one. Word {'word ' * 28}end.\n\nShort.\n{long.capitalize()}")
    assert finding.code == "long_sentence"
    assert finding.what == "A sentence has 31 words; 30 are easier to follow. Divide it."
    assert (finding.place.line, finding.place.excerpt) == (4, "Word word word word word word word word word word…")


@pytest.mark.parametrize(
    "source",
    [
        f"{'word ' * 20}e.g. {'word ' * 20}end.",
        f"{'word ' * 20}0.5 {'word ' * 20}end.",
        f"- {'word ' * 20}\n  {'word ' * 20}",
    ],
)
def test_an_abbreviation_a_decimal_and_a_new_line_end_no_sentence(source):
    assert codes(source) == ["long_sentence"]


@pytest.mark.parametrize(
    "source",
    [
        f"{'word ' * 20}end. {'Word ' * 20}end.",
        f"{'word ' * 20}end.) “{'Word ' * 20}end.”",
        f"- {'word ' * 20}\n- {'word ' * 20}",
        f"{'word ' * 20}end?[@a-1] {'Word ' * 20}",
    ],
)
def test_sentences_end_at_marks_and_between_paragraphs_and_items(source):
    assert "long_sentence" not in codes(source)


@pytest.mark.parametrize(
    "source",
    [
        "Take 20 daily.",
        "The dose is 50.",
        "The usual dose is 0.5 to 1 per kilogram.",
        "A dose of about 2,5.",
        "It is given 5 every four hours.",
        "- **Dose:** 10 at night.",
        "Adults are given up to 75, then less.",
        "| Dose |\n|---|\n| Take 20 daily |",
    ],
)
def test_a_dose_without_its_unit_is_a_warning(source):
    (finding,) = found(source)
    assert (finding.code, finding.is_error) == ("dose_without_unit", False)


@pytest.mark.parametrize(
    "source",
    [
        "Take 20 mg daily. Take 2 tablets twice a day. The dose is 0.5 to 1 mg/kg.",
        "Give 3 times a day. It was given in 2019. Doses of 10, 20 and 40 mg were given at 2, 4 and 6 hours.",
        "It was given to 41 people. After dose 2 it stopped. It takes 5 minutes. Give 50 per cent. Take 5%.",
        "The dose is 10-fold. Given 2 days before. Phase 2 began. In 1970 it was approved.",
        "A dose of 0.5\u00a0mg is given.",
        "Doses are given over 40 minutes, 2 to 3 times a week.",
    ],
)
def test_numbers_that_have_a_unit_or_are_no_dose_are_fine(source):
    assert codes(source) == []


def test_a_dose_cut_by_a_citation_or_a_line_break_is_still_read_whole():
    assert codes("Take 20[@a-1]\nmg daily.", references=[reference()]) == []


def test_a_citation_marked_as_needed_is_a_warning_with_their_number():
    (finding,) = found("One.\n\nTwo.[citation needed] Three.[Citation needed]")
    assert (finding.code, finding.is_error, finding.place.line) == ("citation_needed", False, 3)
    assert finding.what.startswith("2 citations are marked as needed.")


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"key": "b-2"}, "key", "It is never cited. Cite it as [@b-2], or remove it."),
        ({"doi": ""}, "doi", "It has no DOI, PMID or web address. Add one."),
        (
            {"checked_on": None},
            "checked_on",
            "Nobody has noted when it was checked. Look at the source, then fill in the day.",
        ),
        (
            {"checked_on": "2026-05-01"},
            "checked_on",
            "It was last checked on 1 May 2026. Look at the source again, then fill in the day.",
        ),
    ],
)
def test_what_a_reference_lacks_is_a_warning_that_leads_to_its_field(values, field, sentence):
    (finding,) = found("It works.[@a-1]", references=[reference(**values)])[-1:]
    key = values.get("key", "a-1")
    assert (str(finding), finding.is_error) == (f"Reference “{key}”: {sentence}", False)
    assert finding.place.field_id == f"id_references-0-{field}"


@pytest.mark.parametrize("values", [{"pmid": "1", "doi": ""}, {"url": "https://example.org", "doi": ""}])
def test_a_reference_with_any_identifier_checked_within_a_year_is_fine(values):
    assert codes("It works.[@a-1]", references=[reference(checked_on="2026-05-03", **values)]) == []


def test_a_work_listed_twice_is_said_at_the_second():
    twice = [reference(), reference("b-2", doi="10.1000/1", pmid="5"), reference("c-3", doi="", pmid="5")]
    findings = found("It works.[@a-1; @b-2; @c-3]", references=twice)
    assert [(f.code, f.place.index, f.place.field) for f in findings] == [
        ("duplicate", 1, "doi"),
        ("duplicate", 2, "pmid"),
    ]
    assert findings[0].what == "It has the same DOI as “a-1”. Remove one of the two."


def test_a_reference_without_a_key_is_called_by_its_number():
    (finding,) = found(references=[reference("", doi="")])
    assert str(finding).startswith("Reference 1: ")


EASY = "The cat sat on the mat. " * 30
HARD = "Dissociative anaesthetics selectively antagonise glutamatergic neurotransmission. " * 30


def test_the_reading_age_is_that_of_the_flesch_kincaid_grade():
    # 0.39 × 6 + 11.8 × 1 − 15.59 = −1.45, and no grade is below 0.
    checklist = look_at(contents(EASY, HARD))
    (easy_heading, easy), (_heading, hard) = checklist.readings
    assert (easy_heading, easy.words, easy.sentences, easy.syllables) == ("Part 1", 180, 30, 180)
    assert (easy.grade, easy.age) == (0, 5)
    assert hard.grade > 20
    assert checklist.reading.words == easy.words + hard.words
    assert easy.grade < checklist.reading.grade < hard.grade
    assert Reading(words=200, sentences=10, syllables=300).grade == round(0.39 * 20 + 11.8 * 1.5 - 15.59, 1)


def test_headings_tables_and_citations_do_not_count_for_the_reading_age():
    plain = look_at(contents(EASY)).reading
    assert look_at(contents(f"## Heading\n\n{EASY}[@a-1]\n\n| a |\n|---|\n| b |")).reading == plain


def test_a_short_text_has_no_reading_age():
    reading = look_at(contents("Too short to say.")).reading
    assert (reading.grade, reading.age) == (None, None)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("ketamine", 3),
        ("used", 1),
        ("treated", 2),
        ("table", 2),
        ("patient", 2),
        ("science", 2),
        ("40", 1),
    ],
)
def test_syllables_are_estimated_well_enough(word, count):
    assert syllables_in(word) == count


MARKS = "# ~## A\n~\n\n~[@a-1]~[@zz]~![x](~/media/~)~[~](~https://a.b/c~<~>~**~_~\\~`~&amp;~- ~> ~::: note\n~:::\n~=\n"
WORDS = "Take 20 ~dose of ~. ~e.g. ~[citation needed]~\r\n~word ~1~\x00~\u202e~é~…~[x]: y\n~| a ~|---|\n~```\n"
FRAGMENTS = st.sampled_from([*MARKS.split("~"), *WORDS.split("~"), ADDRESS])
SOURCES = st.one_of(st.text(max_size=200), st.lists(FRAGMENTS, max_size=60).map("".join))


@settings(max_examples=300, deadline=None)
@given(st.lists(SOURCES, max_size=3), SOURCES)
def test_no_text_makes_the_checklist_fail_or_grow_without_end(sources, other):
    odd = {"key": other[:5], "doi": other, "pmid": other[:3], "url": other, "checked_on": other[:10]}
    findings = found(*sources, references=[odd, reference()], pictures={PICTURE: {}})
    assert len(findings) < 20 * (MOST_ALIKE + 1) * (len(sources) + 1)
    for finding in findings:
        assert str(finding)
        assert finding.place.field_id
        if finding.place.line and finding.place.index is not None:
            assert 1 <= finding.place.line <= sources[finding.place.index].count("\n") + 1 + len(other)


@settings(max_examples=300, deadline=None)
@given(SOURCES)
def test_what_the_renderer_refuses_is_always_an_error(source):
    pictures = {PICTURE: {"width": 1, "height": 1, "widths": []}}
    problems = render(source, citations=["a-1"], pictures=pictures).problems
    errors = [f.what for f in found(source, references=[reference()], pictures=pictures) if f.is_error]
    assert len(errors) > MOST_ALIKE or set(problems) <= set(errors)


HOSTILE = [
    "[" * 2_000,
    "[@a](" * 2_000,
    "*a " * 16_000,
    "> " * 24_000,
    "." * MAX_SOURCE,
    ".)" * 25_000,
    "https://" * 6_000,
    "https://a.b " * 4_000,
    "<https://a.b/c>" * 3_000,
    "take about up to " * 3_000,
    "dose of 1 to " * 3_800,
    "take " + "1," * 24_000,
    "take 1.1.1.1 to " * 3_000,
    "# a\n" * 12_000,
    "![img.png](" + "a" * 40_000 + ")",
    "![" + "a." * 24_000 + "](/media/a)",
    "a" * MAX_SOURCE,
    "ae" * 25_000,
    "| a |\n|---|\n" + "| 1 |\n" * 8_000,
    "[@" + "a" * 40_000 + "]",
    "[citation needed]" * 1_900,
    "\n" * MAX_SOURCE,
    "word " * 10_000,
    "e.g. " * 10_000,
]


@pytest.mark.parametrize("source", HOSTILE, ids=lambda source: source[:12])
def test_no_section_keeps_the_checklist_busy(source):
    findings = []
    assert is_done_within(3, lambda: findings.append(found(source[:MAX_SOURCE])))
    assert len(findings[0]) < 100
