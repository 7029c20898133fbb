"""Two people's changes of one form, merged: no word of the one who sends is lost, none of the others is undone."""

import json
import string

from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from monographs.admin.merging import Who, merge
from monographs.admin.sheets import Row, digest_of, rows_of_stamp, stamp_of

TEXT = st.text(alphabet=st.sampled_from("ab \n<é"), max_size=4)
KEYS = list(string.digits[1:7])


def row(key, first, second, **kwargs):
    return Row(key, {"first": (first,), "second": (second,)}, **kwargs)


@st.composite
def rows(draw):
    return [row(key, draw(TEXT), draw(TEXT)) for key in KEYS[: draw(st.integers(0, 6))]]


@st.composite
def changed(draw, base, new):
    """What somebody makes of rows: some written anew, some removed, some added, all perhaps in another order."""
    result = []
    for old in base:
        first, second = (draw(st.one_of(st.just(old.values[name][0]), TEXT)) for name in ("first", "second"))
        result.append(row(old.key, first, second, is_removed=draw(st.integers(0, 4)) == 0))
    result += [
        row(f"{new} {number}", f"{new}{draw(TEXT)}", "", is_stored=False) for number in range(draw(st.integers(0, 2)))
    ]
    return draw(st.one_of(st.just(result), st.permutations(result)))


@st.composite
def meetings(draw):
    """Return (what both opened, what the others stored, what the sender sends)."""
    base = draw(rows())
    stored = [
        row(one.key, *(one.values[name][0] for name in one.values))
        for one in draw(changed(base, "theirs"))
        if not one.is_removed
    ]
    return base, stored, draw(changed(base, "mine"))


def stamped(sheet):
    return rows_of_stamp(stamp_of(sheet, timezone.now()))


def merged(base, stored, sent):
    return merge(stamped({"sections": base}), {"sections": stored}, {"sections": sent})


def typed(base, sent):
    """Return (key, name) to value of each field that the sender wrote anew."""
    before = {one.key: one.digests for one in base}
    return {
        (one.key, name): one.values[name]
        for one in sent
        for name, digest in one.digests.items()
        if before.get(one.key, {}).get(name) != digest
    }


@given(meetings())
def test_everything_typed_is_in_the_form_that_comes_back(meeting):
    base, _stored, sent = meeting
    result = {one.key: one for one in merged(*meeting).rows["sections"]}
    for (key, name), value in typed(base, [one for one in sent if not one.is_removed]).items():
        assert digest_of(result[key].values[name]) == digest_of(value)


@given(meetings())
def test_what_only_others_changed_is_theirs_in_the_form_that_comes_back(meeting):
    base, stored, sent = meeting
    mine = typed(base, sent)
    result = {one.key: one for one in merged(*meeting).rows["sections"]}
    for theirs in stored:
        for name, digest in theirs.digests.items():
            if (theirs.key, name) not in mine:
                assert result[theirs.key].digests[name] == digest
    gone = {one.key for one in base} - {one.key for one in stored}
    assert {key for key in gone if key in result} <= {key for key, _name in mine}


@given(meetings())
def test_a_save_without_a_change_takes_everything_over(meeting):
    base, stored, _sent = meeting
    result = merged(base, stored, base)
    assert not result.by(Who.SENDER, Who.BOTH)
    assert [(one.key, one.digests) for one in result.rows["sections"]] == [(one.key, one.digests) for one in stored]


@given(meetings())
def test_a_save_that_meets_no_change_of_others_is_as_it_was_sent(meeting):
    base, _stored, sent = meeting
    result = merged(base, base, sent)
    assert not result.by(Who.OTHERS, Who.BOTH)
    assert [(one.key, one.digests, one.is_removed) for one in result.rows["sections"]] == [
        (one.key, one.digests, one.is_removed) for one in sent
    ]


@given(meetings())
def test_saving_again_after_looking_meets_no_conflict(meeting):
    _base, stored, _sent = meeting
    again = merged(stored, stored, merged(*meeting).rows["sections"])
    assert not again.by(Who.OTHERS, Who.BOTH)


def test_rows_that_an_import_stored_anew_are_the_rows_that_they_were():
    base = [row("1", "Uses", "Text."), row("2", "Effects", "Text.")]
    stored = [row("11", "Uses", "Text."), row("12", "Effects", "Other.")]
    result = merged(base, stored, [row("1", "Uses", "Typed."), base[1]]).rows["sections"]
    assert [(one.key, one.values["second"]) for one in result] == [("11", ("Typed.",)), ("12", ("Other.",))]


JSON = st.recursive(
    st.none() | st.integers() | st.text(), lambda part: st.lists(part) | st.dictionaries(st.text(), part)
)


@given(st.text() | JSON.map(json.dumps) | JSON.map(lambda rows: json.dumps({"rows": rows})))
def test_anything_sent_for_a_stamp_is_read(stamp):
    assert isinstance(rows_of_stamp(stamp), dict)


@given(TEXT)
def test_line_ends_and_space_around_a_text_are_no_change(text):
    assert digest_of((f" {text}\r\n".replace("\n", "\r\n").replace("\r\r", "\r"),)) == digest_of((text,))
