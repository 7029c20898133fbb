"""Drug labels of openFDA: every word once, and tables in the place of their words."""

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monographs.importing import ImportProblem, apply_document, documents_in, read_documents
from tests.monographs.reading import damaged

SAMPLE = Path(__file__).parent / "samples" / "tesalum-openfda.json"
LABEL = {"openfda": {"generic_name": ["TESALUMAB"]}, "indications_and_usage": ["Pain."]}


def read(**values):
    (document,) = documents_in(Path("label.json"), json.dumps({**LABEL, **values}).encode())
    return document


def problem_of(content):
    with pytest.raises(ImportProblem) as caught:
        documents_in(Path("label.json"), content if isinstance(content, bytes) else json.dumps(content).encode())
    return caught.value


def bodies(document):
    return {section.heading: section.body for section in document.sections}


# One label


def test_parts_become_the_sections_that_their_names_tell_and_others_keep_their_own():
    document, _problem = read_documents(SAMPLE)

    assert [(section.kind, section.heading) for section in document.sections] == [
        ("uses", "Medical uses"),
        ("mechanism", "Mechanism of action"),
        ("forms", "Forms and administration"),
        ("effects", "Side effects"),
        ("research", "Emerging research"),
        ("other", "Product data elements"),
        ("other", "Use in specific populations"),
        ("other", "Storage and handling"),
    ]


def test_a_part_that_stands_in_another_one_stands_there_only_and_begins_a_paragraph():
    document, _problem = read_documents(SAMPLE)

    assert bodies(document)["Mechanism of action"] == (
        "### Clinical pharmacology\n\n12 CLINICAL PHARMACOLOGY\n\n"
        "12.1 Mechanism of Action Tesalumab binds to a made-up messenger.\n\n"
        "12.3 Pharmacokinetics Half of it is gone after 2 weeks."
    )
    assert "8.1 Pregnancy There are too few data" in bodies(document)["Use in specific populations"]


def test_a_part_of_a_kind_stays_where_it_is_looked_for():
    text = "Nausea is common at first, and most people get over it."

    document = read(adverse_reactions=[text], spl_medguide=[f"Guide. {text} Ask."])

    assert bodies(document) == {
        "Medical uses": "### Indications and usage\n\nPain.",
        "Side effects": f"### Adverse reactions\n\n{text}",
        "Medguide": f"Guide.\n\n{text}\n\nAsk.",
    }


def test_short_texts_that_stand_in_others_by_chance_stay():
    document = read(contraindications=["None."], warnings=["None. Ask a doctor."])

    assert bodies(document)["Contraindications"] == "None."


def test_the_numbers_of_its_own_parts_begin_paragraphs_and_those_of_others_do_not():
    document, _problem = read_documents(SAMPLE)

    assert bodies(document)["Medical uses"] == (
        "### Indications and usage\n\n1 INDICATIONS AND USAGE Tesalumab is for adults with:\n\n"
        "1.1 Joint Disease Tesalumab eases swollen joints \\[see Clinical Studies ( 14.1 )].\n\n"
        "1.2 Skin Disease Tesalumab clears scaly skin."
    )


def test_a_table_takes_the_place_of_its_words():
    document, _problem = read_documents(SAMPLE)

    assert bodies(document)["Forms and administration"].endswith(
        "Inject 40 mg every other week.\n\n**Table 1. Doses by weight**\n\n| Weight | Dose |\n| --- | --- |\n"
        "| up to 30 kg | 20 mg |\n| over 30 kg | 40 mg |\n\nRotate the place of injection."
    )


def test_a_table_whose_words_are_not_there_stands_below():
    table = "<table><tr><td>A</td><td>b</td></tr><tr><td>C</td><td>d</td></tr></table>"

    document = read(warnings=["Take care."], warnings_table=[table], overdosage_table=[table])

    assert bodies(document)["Side effects"] == (
        "### Warnings\n\nTake care.\n\n### Warnings\n\n| A | b |\n| --- | --- |\n| C | d |"
    )
    assert bodies(document)["Overdosage"] == "| A | b |\n| --- | --- |\n| C | d |"


def test_a_table_that_is_no_xml_is_text():
    document = read(warnings=["Take care. A b It ends."], warnings_table=["<table><tr><td>A<td>b", "<table>C & d"])

    assert bodies(document)["Side effects"] == "### Warnings\n\nTake care.\n\nA b\n\nIt ends.\n\n### Warnings\n\nC & d"


def test_marks_of_markdown_are_shown_as_they_are():
    assert bodies(read(warnings=["# *a* [b] <c> 1_2 | d"]))["Side effects"] == (
        "### Warnings\n\n\\# \\*a\\* \\[b] \\<c> 1_2 \\| d"
    )


@pytest.mark.django_db
def test_a_label_makes_a_working_copy_with_names_codes_facts_and_its_source():
    document, _problem = read_documents(SAMPLE)

    monograph, _changed = apply_document(document)

    assert (monograph.title, monograph.names) == ("Tesalumab", ["Tesalum"])
    assert [str(identifier) for identifier in monograph.identifiers.all()] == [
        "UNII 1B2C3D4E5F",
        "RxNorm 1234567",
        "RxNorm 1234568",
    ]
    assert monograph.facts.get(label="Class").value == "Made-up Messenger Blocker"
    assert monograph.references.get().url.endswith("setid=3f2b8c9a-6d41-4f57-9a0e-5c8d7e6f1b20")
    assert monograph.publish(by=None, note="First.").number == 1


def test_a_code_that_is_none_is_left_out_and_noted():
    document = read(openfda={"generic_name": ["X"], "unii": ["0A1B2C3D4E", "unknown"]})

    assert [row.values["value"] for row in document.details.identifiers] == ["0A1B2C3D4E"]
    assert document.notes == ((None, "“unknown” is not a UNII code and is left out."),)


@pytest.mark.parametrize(
    ("names", "title"),
    [
        ({"generic_name": ["KETAMINE HCL"], "brand_name": ["KETALAR"]}, "Ketamine HCL"),
        ({"brand_name": ["Ketalar"]}, "Ketalar"),
        ({"generic_name": ["A" * 121], "brand_name": ["KETALAR"]}, "Ketalar"),
        ({"substance_name": ["VITAMIN " * 20]}, "Vitamin" + " vitamin" * 13 + "…"),
        ({}, "Some medicine"),
    ],
)
def test_the_title_is_the_usual_name_that_fits(names, title):
    content = json.dumps({**LABEL, "openfda": names}).encode()

    (document,) = documents_in(Path("some-medicine.json"), content)

    assert document.suggested_title == title


# Several labels in one file


def test_each_result_is_a_medicine_and_one_that_cannot_be_read_stops_no_other():
    results = [LABEL, {**LABEL, "warnings": [5]}, {"other": 1}, {**LABEL, "openfda": {}}, LABEL]
    content = json.dumps({"meta": {}, "results": results}, indent=1).encode()

    found = documents_in(Path("labels.json"), content)

    assert [isinstance(each, ImportProblem) for each in found] == [False, True, True, True, False]
    assert "“warnings” must be a text or a list of texts" in found[1].reason
    assert "not a drug label" in found[2].reason
    assert "names no medicine" in found[3].reason
    lines = content.decode().split("\n")
    assert all(lines[each.line - 1].strip() == "{" for each in found)
    assert len({each.line for each in found}) == 5


# What cannot be read


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b'{"openfda": {},\n "warnings": ["a"', 2, "not JSON that can be read"),
        (b"[" * 100_000, None, "not JSON that can be read"),
        (b'{"openfda": {}, "openfda": {}}', None, "“openfda” stands twice"),
        (b'{"a": ' + b"9" * 5000 + b"}", None, "not JSON that can be read"),
        ([], 1, "neither a monograph"),
        ("text", 1, "neither a monograph"),
        ({"error": {"code": "NOT_FOUND"}}, 1, "neither a monograph"),
        ({"results": []}, 1, "neither a monograph"),
        ({"openfda": {}}, None, "has no text"),
        ({"openfda": {}, "warnings": [" "]}, None, "has no text"),
        ({"openfda": {}, "warnings": [{"a": 1}]}, None, "must be a text or a list of texts"),
        ({"openfda": ["X"], "warnings": ["a"]}, None, "“openfda” must be an object"),
        ({"openfda": {"unii": [1]}, "warnings": ["a"]}, None, "“unii” must be"),
        ({"openfda": {}, "warnings": ["a"], "version": 3}, None, "“version” must be"),
        ({"openfda": {}, "warnings": ["a\u0000b"]}, None, "U+0000"),
        ({"openfda": {}, "warnings": ["a\ud800b"]}, None, "U+D800"),
        ({"openfda": {}, "warnings": ["a\u0096b"]}, None, "U+0096"),
        ({"openfda": {}, "warn\ud800": ["a"]}, None, "U+D800"),
        ({"openfda": {}, **{f"part_{number}": ["a"] for number in range(500)}}, None, "500 parts"),
    ],
)
def test_what_cannot_be_read_is_refused(content, line, reason):
    problem = problem_of(content)

    assert reason in problem.reason, problem
    assert problem.line == line
    assert str(problem).encode()


@given(damaged(SAMPLE.read_bytes()))
@settings(max_examples=60, deadline=None)
def test_a_damaged_file_is_read_or_refused_and_nothing_else(content):
    with suppress(ImportProblem):
        documents_in(Path("label.json"), content)


values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(["openfda", "warnings", "warnings_table", "set_id", "x", "results"]), values))
@settings(max_examples=150, deadline=None)
def test_any_json_is_read_or_refused_and_nothing_else(label):
    with suppress(ImportProblem):
        documents_in(Path("label.json"), json.dumps(label).encode())
