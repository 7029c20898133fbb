import re
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from monographs.changes import INSERTED, LEFT_OUT, REMOVED, SAME, compare, compare_texts


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


def test_comparing_hostile_sections_of_fifty_kilobytes_takes_two_seconds_at_most():
    for old, new in [
        ("a " * 25_000, "b " * 25_000),
        ("\n" * 50_000, "a\n" * 25_000),
        ("a b " * 900 + "x", "b a " * 900 + "y"),
        ("a" * 50_000, "a" * 49_999 + "b"),
    ]:
        started = time.process_time()
        compare_texts(old, new)
        assert time.process_time() - started < 2
