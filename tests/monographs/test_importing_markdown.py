"""The Markdown form, with and without front matter: what is read, and what is refused with its line."""

import datetime
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monographs.importing import ImportProblem
from monographs.importing.markdown import parse_markdown
from monographs.rendering import render

SECTION = "\n## Uses\n\nText.\n"


def read(text, name="medicine.md"):
    return parse_markdown(Path(name), text)


def front(toml):
    return f"+++\n{toml}\n+++\n{SECTION}"


def problem_of(text):
    with pytest.raises(ImportProblem) as caught:
        read(text)
    return caught.value


# Without front matter


def test_the_first_heading_is_the_title_and_the_text_below_it_the_summary():
    document = read("# Ketamine\n\nA *medicine*\nfor pain.\n\nIt is \\*old\\*.\n\n## Uses\n\nText.\n")

    assert document.title == "Ketamine"
    assert document.summary == "A medicine for pain.\n\nIt is *old*."
    assert document.details is None


def test_second_level_headings_are_sections_and_their_text_is_kept_as_written():
    body = "- **Pain.** It [helps][1].\n\n      code\n\n[1]: https://example.org"

    document = read(f"# Ketamine\n## Medical *uses*\n\n{body}\n\n## Side effects\n### Short-term\nNausea.\n")

    assert [(section.heading, section.body, section.line) for section in document.sections] == [
        ("Medical uses", body, 2),
        ("Side effects", "### Short-term\nNausea.", 10),
    ]


@pytest.mark.parametrize("code", ["```\n## Not a heading\n```", "~~~~\n# Nor this\n~~~\n~~~~", "    ## Nor this"])
def test_headings_inside_code_are_text(code):
    (section,) = read(f"## Uses\n\nText:\n\n{code}\n").sections

    assert code in section.body


def test_headings_inside_boxes_are_text():
    (section,) = read("## Uses\n\n::: urgent\n## Get help\n\nAt once.\n:::\n").sections

    assert section.body == "::: urgent\n## Get help\n\nAt once.\n:::"


def test_numbers_that_count_the_headings_are_left_to_the_page():
    assert [section.heading for section in read("## 1. Uses\nA.\n## 2. Forms\nB.").sections] == ["Uses", "Forms"]
    assert [section.heading for section in read("## 1. Uses\nA.\n## 5-HT\nB.").sections] == ["1. Uses", "5-HT"]


def test_a_link_defined_in_another_section_still_leads_somewhere():
    uses, more = read(
        "## Uses\n\nSee [the leaflet].\n\n## More\n\nText.\n\n[the leaflet]: https://example.org\n"
    ).sections

    assert 'href="https://example.org"' in render(uses.body).html
    assert more.body == "Text.\n\n[the leaflet]: https://example.org"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("# Ketamine\n\nText.\n", 1, "No section heading"),
        ("# One\n# Two\n## Uses\n", 2, "Only a title"),
        ("- An item.\n\n## Uses\n", 1, "Only a title"),
        ("Text.\n\n![a](b.png)\n\n## Uses\n", 3, "Only words"),
        ("See [@green2011].\n\n## Uses\n", 1, "Only words"),
        ("## Uses [here](https://example.org)\n", 1, "Only words"),
        ("## Uses\n\nText.\n\n# Ketamine\n", 5, "A file has one title"),
        ("## Uses\n\n## Forms\n\n" + "x" * 50_001, 5, "50001 characters"),
        ("---\ntitle: Ketamine\n---\n\n## Uses\n", 1, "TOML"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(text, line, reason):
    problem = problem_of(text)

    assert (problem.line, reason in problem.reason) == (line, True), problem


@settings(deadline=None)
@given(st.lists(st.text(st.sampled_from("ab *_`[]()<>&\\|:-1.>~\t\u00a0"), max_size=30), max_size=6))
def test_the_text_of_a_section_is_never_altered(lines):
    below = "\n".join(lines) + "\n\n## Last\n"
    try:
        first, *others = read(f"## Uses\n{below}").sections
    except ImportProblem:
        return

    body = below if not others else "\n".join(lines)
    assert first.body == re.sub(r"\A(\s*\n)+", "", body).rstrip()


def test_a_line_of_dashes_below_a_paragraph_starts_no_section():
    (section,) = read("## Uses\n\nText\n---\nMore.\n").sections

    assert section.body == "Text\n---\nMore."


# Front matter


def test_front_matter_states_what_has_no_place_in_the_text():
    document = read(
        front(
            'title = "Ketamine"\nsubtitle = "An anaesthetic"\nslug = "ketamine"\nother_names = ["Ketalar ", "K"]\n'
            'summary = """\nOne.\n\nTwo."""\ntopics = ["Pain"]\n[lead_picture]\nfile = "a.png"\nalt = "A"\n'
            '[[facts]]\nlabel = "Class"\nvalue = "B"\n[[identifiers]]\nregister = "CAS"\nvalue = "6740-88-1"\n'
            '[[references]]\nkey = "a"\nauthors = "B"\nyear = 2011\ntitle = "C"\nsource = "D"\nchecked_on = 2026-05-31'
        )
    )

    details = document.details
    assert (document.title, document.slug, document.summary) == ("Ketamine", "ketamine", "One.\n\nTwo.")
    assert (details.subtitle, details.other_names) == ("An anaesthetic", ("Ketalar", "K"))
    assert [row.values for row in details.topics] == [{"name": "Pain"}]
    assert details.lead_picture.values == {"file": "a.png", "alt": "A"}
    assert [(row.values, row.line) for row in details.facts] == [({"label": "Class", "value": "B"}, 14)]
    assert details.references[0].values["checked_on"] == datetime.date(2026, 5, 31)
    assert document.sections[0].line == 29


def test_a_summary_and_a_title_may_stand_in_the_text_below_front_matter():
    document = read('+++\nsubtitle = "S"\n+++\n# Ketamine\n\nA medicine.\n\n## Uses\n')

    assert (document.title, document.summary) == ("Ketamine", "A medicine.")


@pytest.mark.parametrize(
    ("toml", "line", "reason"),
    [
        ("title = Ketamine", 2, "not TOML"),
        ('title = "K"\nsummary = "no end', 3, "not TOML"),
        ('titel = "K"', 2, "“titel” cannot stand here. Use one of these: title, "),
        ("[extra]\na = 1", 2, "“extra” cannot stand here"),
        ("title = 5", 2, "must be text between quotes"),
        ('title = "a\\u0000b"', 2, "must be text between quotes"),
        ('title = """a\nb"""', 2, "on one line"),
        ('title = "K"\nother_names = "Ketalar"', 3, "must be a list of texts"),
        ('topics = [""]', 2, "must be a list of texts"),
        ('facts = "none"', 2, "[[double brackets]]"),
        ('[facts]\nlabel = "a"', 2, "[[double brackets]]"),
        ('title = "K"\n[[facts]]\nlabel = "a"', 3, "“value” is missing"),
        ('[[facts]]\nlabel = "a"\nvalue = "b"\n[[facts]]\nname = "c"', 5, "“name” cannot stand here"),
        ('facts = [{label = "a"}]', 2, "“value” is missing"),
        ('[[identifiers]]\nregister = "CASS"\nvalue = "1"', 2, "Use one of these: ATC, CAS, "),
        ('[[references]]\nkey = "a"\nyear = "2011"', 2, "“year” must be a whole number"),
        ('[[references]]\nkey = "a"\nyear = true', 2, "“year” must be a whole number"),
        (f'[[references]]\nkey = "a"\nyear = 0x{"f" * 4500}', 2, "“year” must be a whole number"),
        ('[[references]]\nkey = "a"\nchecked_on = "yesterday"', 2, "“checked_on” must be a date"),
        ("a = " + "[" * 4000, None, "not TOML"),
        ("a." * 900_000 + "a = 1", 2, "more than 5000 characters"),
        ('[lead_picture]\nalt = "A"', 2, "“file” is missing"),
    ],
)
def test_front_matter_that_cannot_be_read_is_refused_with_its_line(toml, line, reason):
    problem = problem_of(front(toml))

    assert reason in problem.reason
    assert line is None or problem.line == line


# Front matter that lists the sections

LISTED = """+++
[[sections]]
kind = "effects"
heading = "Undesired"
[[sections]]
kind = "other"
heading = "History"
text = '''
## Early
Old. '''
[[sections]]
heading = "1. Research"
+++

## Undesired

Nausea.

## 1. Research

None.
"""


def test_listed_sections_have_their_own_text_or_that_of_the_next_heading():
    document = read(LISTED)

    assert [(section.kind, section.heading, section.body) for section in document.sections] == [
        ("effects", "Undesired", "Nausea."),
        ("other", "History", "## Early\nOld. "),
        ("", "1. Research", "None."),
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("## Undesired", "## Unwanted", 15, "“Unwanted” stands where the front matter lists “Undesired”"),
        ("## 1. Research\n\nNone.\n", "", 11, "This section has no text"),
        ("None.\n", "None.\n\n## More\n", 23, "“More” is not among the [[sections]]"),
        ('kind = "effects"', 'kind = "effect"', 2, "“effect” is not known as “kind”. Use one of these: uses, "),
        ('heading = "Undesired"', "", 2, "“heading” is missing"),
    ],
)
def test_headings_that_do_not_agree_with_the_list_are_refused(old, new, line, reason):
    assert old in LISTED

    problem = problem_of(LISTED.replace(old, new))

    assert (problem.line, reason in problem.reason) == (line, True), problem


def test_exact_front_matter_keeps_every_space_and_character():
    document = read('+++\nexact = true\ntitle = " K\\uFEFF"\nsections = []\n+++\n')

    assert (document.title, document.sections, document.is_exact) == (" K\ufeff", (), True)


def test_a_topic_may_state_its_address():
    (pain, mind) = read(front('topics = ["Pain", {name = "Mental health", slug = "mind"}]')).details.topics

    assert (pain.values, mind.values) == ({"name": "Pain"}, {"name": "Mental health", "slug": "mind"})


def test_front_matter_without_an_end_is_refused():
    assert "no end" in problem_of('+++\ntitle = "K"\n' + SECTION).reason


def test_two_titles_or_two_summaries_are_refused():
    assert problem_of('+++\ntitle = "K"\n+++\n# Ketamine\n## Uses\n').line == 4
    assert problem_of('+++\nsummary = "One."\n+++\nTwo.\n\n## Uses\n').line == 4
