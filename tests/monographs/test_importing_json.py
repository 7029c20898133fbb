"""The JSON of an exported monograph: what is read, and what is refused with its line."""

import datetime
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monographs.importing import ImportProblem, documents_in

MONOGRAPH = {
    "format": "monograph",
    "version": 1,
    "slug": "ketamine",
    "title": " Ketamine ",
    "subtitle": "",
    "other_names": ["Ketalar"],
    "summary": "One.\r\nTwo.\ufeff",
    "lead_picture": None,
    "topics": [{"name": "Pain", "slug": "pain"}],
    "facts": [{"label": "Class", "value": "A"}],
    "identifiers": [{"register": "CAS", "value": "6740-88-1"}],
    "references": [
        {"key": "a", "authors": "B", "year": 2011, "title": "C", "source": "D", "doi": "", "checked_on": "2026-05-31"},
        {"key": "b", "authors": "B", "year": 2012, "title": "C", "source": "D", "url": "", "checked_on": None},
    ],
    "sections": [
        {"kind": "uses", "heading": "Uses", "text": "## Not a section\n ![a](b.png)"},
        {"kind": "other", "heading": "More", "text": ""},
    ],
    "pictures": [],
}


def read(content, name="ketamine.json"):
    (document,) = documents_in(Path(name), content)
    return document


def written(**changes):
    return json.dumps({**MONOGRAPH, **changes}, indent=2).encode()


def problem_of(content):
    with pytest.raises(ImportProblem) as caught:
        read(content)
    return caught.value


def test_everything_that_it_states_is_kept_as_it_is():
    document = read(written())

    assert (document.title, document.slug, document.summary) == (" Ketamine ", "ketamine", "One.\r\nTwo.\ufeff")
    assert document.is_exact
    assert [(section.kind, section.heading, section.body) for section in document.sections] == [
        ("uses", "Uses", "## Not a section\n ![a](b.png)"),
        ("other", "More", ""),
    ]
    assert document.details.is_whole
    assert document.details.lead_picture is None
    first, second = document.details.references
    assert first.values["checked_on"] == datetime.date(2026, 5, 31)
    assert "checked_on" not in second.values


def test_it_is_known_by_its_beginning_too():
    assert read(b"\xef\xbb\xbf\n" + written(), name="ketamine.txt").slug == "ketamine"


@pytest.mark.parametrize(
    ("changes", "at", "reason"),
    [
        ({"version": 2}, '"format"', "reads the format “monograph” in version 1"),
        ({"format": "book"}, '"format"', "This file states another"),
        ({"titel": "K"}, '"titel"', "“titel” cannot stand here. Use one of these: title, "),
        ({"title": 5}, '"title"', "“title” must be text"),
        ({"title": "a\u0000"}, '"title"', "“title” must be text"),
        ({"summary": "a\ud800"}, '"summary"', "“summary” must be text"),
        ({"other_names": "K"}, '"other_names"', "“other_names” must be a list of texts"),
        ({"facts": {"label": "a"}}, '"facts"', "“facts” must be a list of objects"),
        ({"facts": [{"label": "Class", "value": "A"}, {"label": "a"}]}, "{", "“value” is missing"),
        ({"sections": [{"kind": "usage", "heading": "a"}]}, "{", "“usage” is not known as “kind”"),
        ({"identifiers": [{"register": "X", "value": "1"}]}, "{", "Use one of these: ATC, CAS, "),
        ({"lead_picture": {"alt": "A"}}, '"lead_picture"', "“file” is missing"),
        ({"pictures": [{"address": "", "file": "a"}]}, "{", "“address” is missing"),
        ({"references": [{"key": "a", "year": True}]}, "{", "“year” must be a whole number"),
        ({"references": [{"key": "a", "checked_on": "31 May"}]}, "{", "“checked_on” must be a date"),
        ({"references": [{"key": "a", "checked_on": "2026-02-30"}]}, "{", "“checked_on” must be a date"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(changes, at, reason):
    content = written(**changes)

    problem = problem_of(content)

    assert reason in problem.reason, problem
    assert content.decode().split("\n")[problem.line - 1].strip().startswith(at)
    assert str(problem).encode()


def test_a_row_is_named_by_its_own_line():
    content = written(facts=[{"label": "Class", "value": "A"}, {"label": "a"}])

    line = problem_of(content).line

    assert '"label": "a"' in content.decode().split("\n")[line]


values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*MONOGRAPH, "exact", "x"]), values, max_size=4))
@settings(max_examples=200, deadline=None)
def test_any_value_is_read_or_refused_and_nothing_else(changes):
    try:
        read(written(**changes))
    except ImportProblem as problem:
        text = str(problem)
    else:
        text = ""

    assert text.encode() is not None
