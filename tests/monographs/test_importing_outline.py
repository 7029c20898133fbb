"""The outline form: what becomes of each line of an article, and that no word is lost."""

import html
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monographs.importing import ImportProblem
from monographs.importing.headings import kinds_of
from monographs.importing.outline import parse_outline
from monographs.models import Section
from monographs.rendering import render
from tests.monographs.reading import read_document

ARTICLE = Path(__file__).parent / "samples" / "ketamine-article.txt"


def read(text, name="medicine.txt"):
    return parse_outline(Path(name), text)


def problem_of(text):
    with pytest.raises(ImportProblem) as caught:
        read(text)
    return caught.value


def words(text):
    return text.split()


def shown(markdown):
    """The words that a reader sees of some Markdown."""
    return words(html.unescape(re.sub(r"<[^>]+>", " ", render(markdown).html)))


def shown_exactly(markdown):
    """What a reader sees of one paragraph, tags taken out without a trace."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", render(markdown).html)).split())


# The article


def test_every_word_of_the_article_is_in_the_document_in_order():
    article = ARTICLE.read_text(encoding="utf-8")
    expected = []
    for line in article.split("\n")[:-2]:
        expected += words(
            re.sub(r"^(\d\. (?P<heading>.*):|- (?P<item>.*)|(?P<text>.*))$", r"\g<heading>\g<item>\g<text>", line)
        )

    document = read_document(ARTICLE)

    found = words(document.summary)
    for section in document.sections:
        found += words(section.heading) + words(shown_exactly(section.body.replace("\n- ", "\n\n")))
    assert " ".join(found).replace(" ", "") == " ".join(expected).replace(" ", "")


def test_the_opening_paragraph_is_the_summary():
    document = read_document(ARTICLE)

    assert document.summary.startswith("Ketamine mechanism of action is a medication primarily used for anesthesia")
    assert document.summary.endswith("Here’s an overview of its key aspects:")


def test_numbered_headings_are_sections_with_their_own_words():
    assert [section.heading for section in read_document(ARTICLE).sections] == [
        "Medical Uses",
        "Mechanism of Action",
        "Forms and Administration",
        "Side Effects",
        "Emerging Research",
    ]


def test_the_words_before_a_colon_are_bold_in_an_item():
    effects = read_document(ARTICLE).sections[3].body.split("\n")

    assert effects[0].startswith("- **Short-Term:** Dizziness, ")
    assert effects[1].startswith("- **Long-Term (or high doses):** Cognitive ")
    assert effects[2].startswith("- It is generally considered safe in controlled, medical settings ")


def test_the_empty_reviews_block_is_not_text():
    document = read_document(ARTICLE)

    assert not any("reviews" in section.body.lower() for section in document.sections)


# Reviews


@pytest.mark.parametrize("block", ["Reviews\n\nThere are no reviews yet.\n\n", "REVIEWS (0)\nThere are no reviews yet"])
def test_the_reviews_block_may_vary_in_blank_lines_and_case(block):
    assert read(f"Text.\n1. Uses:\n- Pain.\n{block}").sections[0].body == "- Pain."


@pytest.mark.parametrize(
    "end", ["Reviews", "Reviews\nIt helped me.", "Reviews\nThere are no reviews yet.\nIt helped me."]
)
def test_a_reviews_block_of_another_form_is_refused(end):
    problem = problem_of(f"Text.\n1. Uses:\n- Pain.\n{end}")

    assert problem.line == 4
    assert "Reviews cannot be imported" in problem.reason


def test_the_reviews_sentence_without_its_heading_is_text():
    assert read("Text.\n1. Uses:\nThere are no reviews yet.").sections[0].body == "There are no reviews yet."


# Headings


def test_a_heading_may_end_without_a_colon():
    assert [section.heading for section in read("1. Medical uses\n- Pain.\n2) Side effects\n- Nausea.").sections] == [
        "Medical uses",
        "Side effects",
    ]


def test_a_heading_out_of_order_is_refused_with_its_line():
    problem = problem_of("Text.\n1. Uses:\n- Pain.\n3. Side effects:\n- Nausea.")

    assert problem.line == 4
    assert "number 3 where 2 is next" in problem.reason


def test_numbered_sentences_are_text():
    document = read("1. Uses:\n1. Crush the tablet.\n2. Swallow it.\n2. Side effects:\n- Nausea.")

    assert shown(document.sections[0].body) == words("1. Crush the tablet. 2. Swallow it.")
    assert document.sections[1].heading == "Side effects"


def test_a_file_without_headings_is_refused():
    assert "No numbered heading" in problem_of("Only a paragraph.").reason


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("MEDICAL USES", Section.Kind.USES),
        ("Therapeutic indications", Section.Kind.USES),
        ("How it works", Section.Kind.MECHANISM),
        ("Mechanism of action", Section.Kind.MECHANISM),
        ("Dosage forms", Section.Kind.FORMS),
        ("Side-effects", Section.Kind.EFFECTS),
        ("Adverse reactions", Section.Kind.EFFECTS),
        ("Emerging research", Section.Kind.RESEARCH),
        ("Recreational use", Section.Kind.OTHER),
        ("Contraindications", Section.Kind.OTHER),
        ("History", Section.Kind.OTHER),
    ],
)
def test_the_words_of_a_heading_tell_its_kind(heading, kind):
    assert kinds_of([heading]) == [kind]


def test_a_kind_is_given_once():
    assert kinds_of(["Side effects", "Adverse reactions"]) == [Section.Kind.EFFECTS, Section.Kind.OTHER]


# Paragraphs and items


@pytest.mark.parametrize(
    "item",
    [
        "It can be addictive. Note: rarely.",
        "At 10:30 the dose is given.",
        "A lead-in of so many words that nobody would take it for one, however kind the reader: text",
        "Oral:",
    ],
)
def test_what_is_no_lead_in_stays_plain(item):
    assert "**" not in read(f"1. Uses:\n- {item}").sections[0].body


def test_a_line_goes_on_from_an_unfinished_one():
    body = read("1. Uses:\n- Pain: Low doses\n  ease pain. They\nare common.\nA paragraph.").sections[0].body

    assert body == "- **Pain:** Low doses\n  ease pain. They\n  are common.\n\nA paragraph."


def test_indented_items_stand_inside_the_item_above():
    body = read("1. Uses:\n- Pain.\n  - Acute.\n  - Chronic.\n- Sleep.").sections[0].body

    assert body == "- Pain.\n  - Acute.\n  - Chronic.\n- Sleep."


def test_items_nested_too_deep_are_refused_with_their_line():
    lines = [" " * depth + "- Item." for depth in range(5)]

    assert problem_of("1. Uses:\n" + "\n".join(lines)).line == 6


def test_a_summary_keeps_its_paragraphs():
    assert read("Ketamine is a medicine\nfor pain.\n\nIt is old.\n1. Uses:\n- Pain.").summary == (
        "Ketamine is a medicine for pain.\n\nIt is old."
    )


# Titles


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("ketamine.txt", "Ketamine mechanism of action is a medicine.", "Ketamine"),
        ("000_d953.txt", "Ketamine mechanism of action is a medicine.", "Ketamine mechanism of action"),
        ("000_d953.txt", "Paracetamol, also called acetaminophen, is a medicine.", "Paracetamol"),
        ("vitamin-b12.txt", "It is a vitamin.", "Vitamin b12"),
        ("folic_acid.txt", "", "Folic acid"),
    ],
)
def test_a_title_is_suggested_by_the_name_of_the_file_and_the_first_sentence(name, text, title):
    document = read(f"{text}\n1. Uses:\n- Pain.", name=name)

    assert document.title == ""
    assert document.suggested_title == title


@pytest.mark.parametrize("text", ["Ketamine\n\nIt is a medicine.", "Ketamine\nKetamine is a medicine.", "\nKetamine\n"])
def test_a_first_line_that_stands_alone_is_the_title(text):
    document = read(f"{text}\n1. Uses:\n- Pain.")

    assert document.title == "Ketamine"
    assert not (document.summary or "").startswith("Ketamine\n")


# Nothing is lost or altered

MARKS = "\\`*_{}[]()<>#+-.!|&;:=~@^$\"'/1 \t\u00a0\u2028"
text_line = st.text(
    st.one_of(st.sampled_from(MARKS + "abé—“"), st.characters(exclude_categories=["Cc", "Cs", "Cf"])), max_size=40
)


def _is_plain(line):
    """Whether a line is neither a heading nor the head of a Reviews block."""
    return not re.match(r"[0-9]{1,3}[.)]\s+\S", line) and not re.match(r"\s*reviews", line, re.IGNORECASE)


@settings(deadline=None)
@given(st.lists(text_line.filter(_is_plain), max_size=8))
def test_whatever_an_article_says_is_shown_as_it_is_written(lines):
    section = read("1. Uses:\n" + "\n".join(lines)).sections[0]

    written = "\n".join(re.sub(r"^\s*[-•]\s+(?=\S)", "", line) for line in lines)
    assert shown_exactly(section.body).replace(" ", "") == "".join(written.split())


@settings(deadline=None)
@given(text_line.filter(_is_plain))
def test_a_line_is_shown_with_its_spaces(line):
    section = read(f"1. Uses:\n{line}").sections[0]

    assert shown_exactly(section.body) == " ".join(re.sub(r"^\s*[-•]\s+(?=\S)", "", line).split())


@pytest.mark.parametrize(
    "line",
    [
        "# not a heading",
        "1. not an item of a list",
        "+ nor this",
        "> nor a quotation",
        "::: urgent",
        "~~~",
        "---",
        "5 < 6 & 7 > 3 &amp; <b>bold</b> <a@b.example>",
        "[@key] [link](https://example.org) ![picture](a.png) [a]: /b",
        "*a* _b_ snake_case `code` 2*3*4 \\* \\",
        "| a | b |",
    ],
)
def test_marks_of_markdown_are_shown_as_they_are(line):
    section = read(f"1. Uses:\nFirst.\n{line}\n- {line}\n- Lead: {line}").sections[0]

    assert shown(section.body) == words(f"First. {line} {line} Lead: {line}")
    assert not render(section.body).problems


def test_a_table_in_an_article_stays_text():
    table = "a | b.\n--- | ---.\nc | d."

    assert shown(read(f"1. Uses:\n{table}").sections[0].body) == words(table)
    assert shown(read("1. Uses:\na | b\n:-:\n|---|---|\n").sections[0].body) == words("a | b :-: |---|---|")
