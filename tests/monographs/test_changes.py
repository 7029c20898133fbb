import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monographs import changes
from monographs.changes import INSERTED, LEFT_OUT, REMOVED, SAME, TOO_LONG, compare, compare_texts


def contents(*sections, **kwargs):
    return {
        "title": "Ketamine",
        "subtitle": "",
        "other_names": [],
        "summary": "",
        "topics": [],
        "picture": None,
        "facts": [],
        "identifiers": [],
        "references": [],
        **kwargs,
        "sections": [
            {"kind": "other", "heading": heading, "anchor": heading.lower(), "source": source}
            for heading, source in sections
        ],
    }


def text_of(pieces, *kinds):
    return "".join(words for kind, words in pieces if kind in kinds)


def test_words_inserted_and_removed_are_told_apart():
    assert compare_texts("It is safe.", "It is mostly safe.") == (
        (SAME, "It is "),
        (INSERTED, "mostly "),
        (SAME, "safe."),
    )


def test_a_dose_is_never_cut_inside_its_number():
    pieces = compare_texts("Take 0.5mg or 1,250 mg.", "Take 0.25mg or 1,500 mg.")
    assert (REMOVED, "0.5mg") in pieces
    assert (INSERTED, "0.25mg") in pieces
    assert (REMOVED, "1,250") in pieces


@given(st.text(alphabet="ab1.5 \n", max_size=60), st.text(alphabet="ab1.5 \n", max_size=60))
@settings(deadline=None)
def test_the_pieces_give_back_both_texts(old, new):
    pieces = compare_texts(old, new)
    assert text_of(pieces, SAME, REMOVED) == old
    assert text_of(pieces, SAME, INSERTED) == new


@given(st.lists(st.integers(0, 9999), min_size=1, max_size=8), st.lists(st.integers(0, 9999), min_size=1, max_size=8))
def test_every_number_stands_whole_in_one_piece(old, new):
    pieces = compare_texts(" ".join(map(str, old)), " ".join(map(str, new)))
    seen = [int(number) for kind, words in pieces if kind != REMOVED for number in re.findall(r"\d+", words)]
    assert seen == new


def test_equal_contents_have_no_changes():
    assert compare(contents(("Uses", "Text.")), contents(("Uses", "Text."))) == []


def test_a_moved_section_is_called_moved_and_the_others_are_not():
    old = contents(("A", "1"), ("B", "2"), ("C", "3"), ("D", "4"))
    new = contents(("D", "4"), ("A", "1"), ("B", "2"), ("C", "3"))
    (change,) = compare(old, new)
    assert (change.label, change.remarks) == ("D", ("moved",))


def test_a_renamed_section_is_recognised_by_its_text():
    (change,) = compare(contents(("Uses", "Long text.")), contents(("Purposes", "Long text.")))
    assert change.remarks == ("renamed from “Uses”",)
    assert change.pieces == ((SAME, "Long text."),)


def test_long_passages_that_are_the_same_are_left_out():
    lines = [f"Line {number}.\n" for number in range(40)]
    old, new = "".join(lines), "".join(lines).replace("Line 20.", "Line twenty.")
    (change,) = compare(contents(("Uses", old)), contents(("Uses", new)))
    kinds = [kind for kind, _words in change.pieces]
    assert kinds == [LEFT_OUT, SAME, REMOVED, INSERTED, SAME, LEFT_OUT]
    assert text_of(change.pieces, SAME).count("Line") < 8


def test_a_short_text_is_shown_whole():
    (change,) = compare(contents(("Uses", "One.\nTwo.")), contents(("Uses", "One.\nThree.")))
    assert (SAME, "One.\n") in change.pieces


def test_new_and_removed_sections_facts_and_references_are_named():
    old = contents(("Uses", "Text."), ("Old", "Gone."))
    new = contents(("Uses", "Text."), ("New", "Came."), facts=[{"label": "Class", "value": "Anaesthetic"}])
    changes = {change.label: change for change in compare(old, new)}
    assert changes["New"].remarks == ("new section",)
    assert changes["Old"].remarks == ("section removed",)
    assert changes["Key facts"].pieces == ((INSERTED, "Class: Anaesthetic"),)


def test_against_nothing_everything_is_new():
    assert {change.label for change in compare(None, contents(("Uses", "Text.")))} == {"Title", "Uses"}


HOSTILE = [
    ("a " * 25_000, "b " * 25_000),
    ("\n" * 50_000, "a\n" * 25_000),
    ("a\nb\n" * 12_500, "b\na\n" * 12_500),
    (
        "".join(f"l{number * 7 % 150}\n" for number in range(12_000)),
        "".join(f"l{n * 11 % 150}\n" for n in range(12_000)),
    ),
]


@pytest.mark.parametrize(("old", "new"), HOSTILE)
def test_a_passage_too_long_to_compare_is_shown_as_a_whole_and_says_so(old, new):
    pieces = compare_texts("Before.\n" + old + "\nAfter.", "Before.\n" + new + "\nAfter.")

    assert [kind for kind, _words in pieces] == [SAME, TOO_LONG, REMOVED, INSERTED, SAME]
    assert "more than 4000 words or 2000 lines, so it is shown as a whole" in text_of(pieces, TOO_LONG)
    assert (text_of(pieces, SAME, REMOVED), text_of(pieces, SAME, INSERTED)) == (
        f"Before.\n{old}\nAfter.",
        f"Before.\n{new}\nAfter.",
    )


def test_a_long_text_in_which_little_changed_is_compared_word_by_word():
    lines = [f"Line {number} of the text.\n" for number in range(5_000)]
    changed = [*lines[:2_500], "Line 2500 of another text.\n", *lines[2_501:]]
    pieces = compare_texts("".join(lines), "".join(changed))
    assert (REMOVED, "the") in pieces
    assert (INSERTED, "another") in pieces
    assert not text_of(pieces, TOO_LONG)


def test_a_long_section_that_is_new_says_nothing_of_a_bound():
    assert compare_texts("", "a\n" * 3_000) == ((INSERTED, "a\n" * 3_000),)


any_line = st.one_of(st.text(max_size=12), st.sampled_from(["", "Take 0.5 mg.", "Take 1.5 mg.", "The same.", "a" * 90]))
any_text = st.lists(any_line, max_size=12).flatmap(
    lambda lines: st.sampled_from(["\n", "\r\n", "\r", "\u2028"]).map(lambda end: end.join(lines))
)


@pytest.mark.parametrize(("lines", "words"), [(2_000, 4_000), (4, 6)])
@given(old=any_text, new=any_text)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_applying_a_comparison_to_the_old_text_gives_the_new_within_the_bounds_and_beyond(
    monkeypatch, lines, words, old, new
):
    with monkeypatch.context() as bounds:
        bounds.setattr(changes, "MOST_LINES", lines)
        bounds.setattr(changes, "MOST_WORDS", words)
        pieces = compare_texts(old, new)

    applied, place = [], 0
    for kind, piece in pieces:
        if kind in (SAME, REMOVED):
            assert old[place : place + len(piece)] == piece
            place += len(piece)
        if kind in (SAME, INSERTED):
            applied.append(piece)
    assert place == len(old)
    assert "".join(applied) == new
