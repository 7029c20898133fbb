"""Whatever is pasted is read back, or refused without fail or delay."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monographs.references.reading import MOST_CHARACTERS, read_records
from tests.measuring import is_done_within
from tests.monographs.records import only

FAMILIES = st.text("abcdefghijklmnopqrstuvwxyzéöß", min_size=2, max_size=12)
NAMES = st.lists(st.tuples(FAMILIES, st.text("ABCDEFGÉ", min_size=1, max_size=2)), min_size=1, max_size=6)
WORDS = st.lists(st.text("abcdefgh", min_size=2, max_size=9), min_size=2, max_size=12).map(" ".join)
WORKS = st.fixed_dictionaries(
    {
        "names": NAMES.map(lambda names: [(family.capitalize(), given) for family, given in names]),
        "year": st.integers(1900, 2099),
        "title": WORDS.map(str.capitalize),
        "journal": WORDS.map(str.title),
        "volume": st.integers(1, 999).map(str),
        "issue": st.integers(1, 99).map(str),
        "pages": st.tuples(st.integers(100, 499), st.integers(500, 999)).map(lambda pages: f"{pages[0]}-{pages[1]}"),
        "doi": st.text("abc123.-()", min_size=3, max_size=15).map(lambda end: f"10.1234/x{end}x"),
    }
)


def as_bibtex(work):
    names = " and ".join(f"{family}, {' '.join(given)}" for family, given in work["names"])
    return (
        f"@article{{key, author={{{names}}}, title={{{work['title']}}}, journal={{{work['journal']}}}, "
        f"year={work['year']}, volume={{{work['volume']}}}, number={{{work['issue']}}}, pages={{{work['pages']}}}, "
        f"doi={{{work['doi']}}}}}"
    )


def as_ris(work):
    lines = ["TY  - JOUR", *(f"AU  - {family}, {' '.join(given)}" for family, given in work["names"])]
    first, last = work["pages"].split("-")
    lines += [f"TI  - {work['title']}", f"JO  - {work['journal']}", f"PY  - {work['year']}", f"VL  - {work['volume']}"]
    lines += [f"IS  - {work['issue']}", f"SP  - {first}", f"EP  - {last}", f"DO  - {work['doi']}", "ER  - "]
    return "\r\n".join(lines)


def as_csl(work):
    return json.dumps(
        [
            {
                "author": [{"family": family, "given": " ".join(given)} for family, given in work["names"]],
                "title": work["title"],
                "container-title": work["journal"],
                "issued": {"date-parts": [[work["year"]]]},
                "volume": work["volume"],
                "issue": work["issue"],
                "page": work["pages"],
                "DOI": work["doi"],
            }
        ]
    )


def as_nlm(work):
    names = ", ".join(f"{family} {given}" for family, given in work["names"])
    place = f"{work['year']} Aug;{work['volume']}({work['issue']}):{work['pages']}"
    return f"{names}. {work['title']}. {work['journal']}. {place}. doi: {work['doi']}. PMID: 123456."


@settings(max_examples=80, deadline=None)
@given(WORKS, st.sampled_from([as_bibtex, as_ris, as_csl, as_nlm]))
def test_what_is_written_in_a_format_is_read_back(work, write):
    row = only(write(work))
    assert row["authors"] == ", ".join(f"{family} {given}" for family, given in work["names"])
    assert (row["year"], row["title"], row["doi"]) == (work["year"], work["title"], work["doi"])
    assert row["source"] == f"{work['journal']}, {work['volume']}({work['issue']}):{work['pages']}"


PIECES = (
    '@article{~key,~author=~{~}~"~ and ~, ~\\\'~$~%~#~TY  - ~AU  - ~ER  - ~\n~\n\n~PMID- ~      ~TI  - ~[~]~{"title":~'
    '[[2006]]~"issued":~:~null~1e999~. ~2006;63(8):856-64~(2006). ~doi: 10.1001/x~PMID: 1~“~”~ vol. 63,8 (2006): ~et al'
    "~1. ~<i>~&#0;~\x00~\u202e~é~Zarate CA~\\textbf{~\\frac{~@string{a=~@comment{~))~((~—"
).split("~")
ODD = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=60).map("".join))


@settings(max_examples=400, deadline=None)
@given(ODD)
def test_no_text_makes_reading_fail(text):
    records, problems = read_records(text)
    for record in records:
        row = record.as_row()
        assert row["year"] is None or 1500 <= row["year"] < 2200
        assert "\n" not in "".join(str(value) for value in row.values())
    assert records or problems


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["title", "author", "issued", "date-parts", "DOI", "family", "message"]), inner
        )
    ),
    max_leaves=20,
)


@settings(max_examples=200, deadline=None)
@given(JSON)
def test_no_json_makes_reading_fail(value):
    records, problems = read_records(json.dumps({"title": "T", "message": value, "author": value, "issued": value}))
    assert all(record.as_row() for record in records) or problems


HOSTILE = [
    "@article{a, title={" + "{" * 90_000,
    "@a{" * 30_000,
    "@a{\n" * 20_000,
    "@article{a, title={" + "\\'{" * 20_000 + "}" * 20_000 + "}}",
    "@article{a, author={" + "a and " * 15_000 + "b}}",
    "@article{a, author={" + "{" * 40_000 + "}" * 40_000 + "}}",
    "@article{a," + "x={y}," * 15_000 + "}",
    "@article{a, title={" + "$" * 90_000 + "}}",
    "@article{a, title=" + "a # " * 20_000 + "b}",
    "\\" * 90_000,
    "TY  - x\n" * 12_000,
    "TY  - x\nAU  - " + "a, " * 30_000,
    "PMID- 1\n" + "      x\n" * 12_000,
    "[" * 90_000,
    '{"a":' * 15_000,
    "[" + "{}," * 30_000 + "{}]",
    "9" * 90_000,
    "2006;" * 18_000,
    "a, A. " * 15_000 + "(2006). b",
    "“a" * 40_000,
    "a. " * 30_000,
    "1. a\n" * 18_000,
    "10.1001/" + "." * 90_000,
    "10.1001/x" + ")" * 90_000,
    "https://" * 11_000,
    "<a" * 45_000,
    "&amp;" * 18_000,
    "doi: " * 18_000,
    "\n" * 90_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12].strip())
def test_no_text_keeps_reading_busy(text):
    assert is_done_within(3, lambda: read_records(text[:MOST_CHARACTERS]))
