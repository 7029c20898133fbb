"""The text of an SPL label becomes Markdown, and no word is lost."""

import html
import re
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monographs.rendering import MAX_BRACKETS, MAX_COLUMNS, MAX_SOURCE, render, validate_source
from tests.monographs.reading import read_document
from tests.monographs.spl import SAMPLE, body_of, read, section, shown, squeezed

# Text


def test_raised_and_lowered_text_keeps_its_meaning():
    dosage = read_document(SAMPLE).sections[2].body

    assert "10 mg/m² when platelets are above 100 × 10⁹/L. Take with H₂O. Cmax comes" in dosage
    assert body_of("<paragraph>25<sup>a</sup> 10<sup>-3.5</sup> X<sup>®</sup> k<sub>1.5</sub></paragraph>") == (
        "25ᵃ 10^(-3.5) X® k\\_(1.5)"
    )


def test_lists_are_lists_and_their_items_may_hold_more():
    assert (
        body_of(
            '<list listType="ordered"><caption>Steps</caption><item>Open<list><item><paragraph>gently</paragraph>'
            "<paragraph>or not</paragraph></item></list></item><item><caption>B</caption>Close</item></list>"
            "<list><item>Apart</item></list>"
        )
        == "**Steps**\n\n1. Open\n   - gently\n\n     or not\n2. B Close\n\n* Apart"
    )


def test_lists_one_below_the_other_stay_two():
    ordered = '<list listType="ordered"><item>a</item><item>b</item></list>'

    assert render(body_of(ordered * 3)).html.count("<ol>") == 3


def test_footnotes_are_marked_and_stand_below_their_text_or_table():
    dosage, effects = read_document(SAMPLE).sections[2:4]

    assert "after 1 hour.\\*\n" in dosage.body
    assert "\n\n\\* After a meal, 2 hours.\n" in dosage.body
    assert "Counted once for each person.\n\n\\* Mild in most.\n\nOther reactions were rare." in effects.body


def test_a_table_has_the_heads_of_its_columns_in_one_row_and_spans_in_each_cell():
    effects = read_document(SAMPLE).sections[3].body

    assert (
        "**Table 1: People with each reaction**\n\n"
        "| Reaction | Velmorine 10 mg N=210 | Velmorine 20 mg N=208 | Placebo N=205 |\n"
        "| --- | --- | --- | --- |\n"
        "| Stomach and gut |  |  |  |\n"
        "| Nausea\\* | 12% | 18% | 4% |\n"
        "| Vomiting\\* | not counted \\| apart | not counted \\| apart | \\<1% |\n"
    ) in effects


def test_a_table_of_one_column_or_one_row_is_text():
    assert body_of("<table><tbody><tr><td>A<list><item>b</item></list></td></tr></tbody></table>") == "A\n\n- b"
    assert body_of("<table><tbody><tr><td>A</td><td>b</td></tr></tbody></table>") == "A b"


def test_a_table_too_wide_for_a_page_is_a_list_and_noted():
    columns = MAX_COLUMNS + 1
    row = "".join(f"<td>v{number}</td>" for number in range(columns))
    head = "".join(f"<th>h{number}</th>" for number in range(columns))

    document = read(section(f"<table><thead><tr>{head}</tr></thead><tbody><tr>{row}</tr></tbody></table>"))

    assert "- h0: v0\n  - h1: v1\n  - h2: v2\n" in document.sections[0].body
    assert document.notes == ((3, "A table of 21 columns is kept as a list; a table can have 20."),)


def test_a_table_whose_cells_span_too_much_is_read_cell_by_cell():
    cell = '<td colspan="999" rowspan="999">x</td>'

    body = body_of(f"<table><tbody>{f'<tr>{cell * 50}</tr>' * 50}</tbody></table>")

    assert body.count("x") == 2500


def test_a_table_does_not_grow_out_of_proportion():
    head = f'<tr><td colspan="900">{"word " * 1_000}</td><td>A</td></tr>'
    rows = "<tr><td>a</td><td>b</td></tr>" * 60

    document = read(section(f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"))

    assert sum(len(part.body) for part in document.sections) < 20_000


def test_emphasis_that_markdown_cannot_express_is_left_out():
    assert body_of('<paragraph>in<content styleCode="bold">(side)</content>word</paragraph>') == "in(side)word"
    assert body_of(
        '<paragraph><content styleCode="bold">A<content styleCode="italics"> b </content></content>c</paragraph>'
    ) in ("**A** ***b*** c", "**A b** c")


def test_addresses_become_links_and_places_in_the_label_do_not():
    assert (
        body_of(
            '<paragraph>See <linkHtml href="https://example.org/a_b">here</linkHtml>, '
            '<linkHtml href="#S1">1</linkHtml>, <linkHtml href="javascript:x">2</linkHtml>.</paragraph>'
        )
        == "See [here](<https://example.org/a_b>), 1, 2."
    )


def test_a_part_without_title_and_text_is_only_a_wrapper():
    inner = section("Pain.", code="34067-9")

    (uses,) = read(f"<component><section><code code='1'/>{inner}</section></component>").sections

    assert (uses.kind, uses.body) == ("uses", "### 6 REACTIONS\n\nPain.")


def test_a_long_title_stands_whole_above_its_text():
    title = "Words " * 40

    (part,) = read(section("Text.", code="1", title=title)).sections

    assert part.heading.endswith("…")
    assert part.body == f"### {title.strip()}\n\nText."


@pytest.mark.parametrize(
    "text",
    [
        "<paragraph>" + "word. " * 30_000 + "</paragraph>",
        "<paragraph>" + "x" * 150_000 + "</paragraph>",
        "<paragraph>" + "word " * 8_000 + "</paragraph><paragraph>" + "term " * 8_000 + "</paragraph>",
        "<list><item>" + "word " * 2_000 + "</item>" + "<item>more</item>" * 8_000 + "</list>",
        "<list><item>" + "word " * 30_000 + "</item></list>",
        "<table>" + "<tr><td>cell</td><td>other</td></tr>" * 4_000 + "</table>",
        "<table><tr><td>a</td><td>b</td></tr><tr><td>" + "word " * 30_000 + "</td><td>c</td></tr></table>",
        "<paragraph>" + "[a] " * (MAX_BRACKETS + 1) + "</paragraph>",
    ],
)
def test_a_text_too_long_for_a_section_goes_on_in_the_next(text):
    document = read(section(text))

    headings = [section.heading for section in document.sections]
    assert headings == ["Side effects", *(f"Side effects ({number})" for number in range(2, len(headings) + 1))]
    assert len(headings) > 1
    for part in document.sections:
        assert part.kind == "effects"
        validate_source(part.body)
    found = squeezed("".join(shown(part.body) for part in document.sections))
    letters = squeezed(re.sub("<[^>]*>", "", text))
    if "<table>" in text:  # the head of a table stands in each of its parts
        assert all(found.count(each) >= letters.count(each) for each in set(letters))
    else:
        assert found == f"6REACTIONS{letters}"


def test_a_further_section_begins_at_a_heading_where_one_is_near():
    parts = "".join(section("word " * 1_500, code="42229-5", title=f"6.{number} Part") for number in range(12))

    first, second = read(section("", within=parts)).sections

    assert len(first.body) < MAX_SOURCE
    assert second.body.startswith("#### 6.")


def test_a_heading_that_is_not_near_begins_no_section():
    long = "word " * 9_000
    within = section(f"<paragraph>{long}</paragraph>" * 2, code="42229-5", title="6.1 Part")

    document = read(section("A.", within=within))

    assert [len(part.body) <= MAX_SOURCE for part in document.sections] == [True, True]


# No word is lost

word = st.text("abcdefgh", min_size=3, max_size=6)
MARKUP = ["content", "sub", "sup", "linkHtml", "paragraph", "list", "item", "table", "caption", "footnote", "strange"]


def wrapped(children):
    def write(name, parts, style):
        inner = "".join(parts)
        if name == "table":
            rows = "".join(f'<tr><td rowspan="2">{part}</td><td colspan="2">{part}</td></tr>' for part in parts)
            return f"<table><caption>{parts[0]}</caption><thead>{rows}</thead><tbody>{rows}</tbody></table>"
        if name == "list":
            return f"<list>{''.join(f'<item>{part}</item>' for part in parts)}</list>"
        return f'<{name} styleCode="{style}" href="https://example.org">{inner}<br/></{name}>'

    return st.builds(
        write,
        st.sampled_from(MARKUP),
        st.lists(children, min_size=1, max_size=4),
        st.sampled_from(["bold", "italics", "bold italics", ""]),
    )


@given(st.recursive(word, wrapped, max_leaves=12))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_word_of_a_narrative_is_shown_whatever_stands_in_what(text):
    (part,) = read(section(text, title="")).sections

    words = re.findall("[a-h]+", re.sub("<[^>]*>", " ", text))
    found = squeezed(unicodedata.normalize("NFKC", shown(part.body)))
    assert all(each in found for each in words)
    assert not render(part.body).problems


plain = st.text(
    st.one_of(
        st.sampled_from("\\`*_{}[]()<>#+-.!|&;:=~@^$\"'/1 \t\u00a0\u2028abé—“"),
        st.characters(exclude_categories=["Cc", "Cs", "Cf", "Co", "Cn"]),
    ),
    max_size=30,
)


@given(st.lists(st.tuples(plain, st.sampled_from(["", "bold", "italics", "bold italics"])), min_size=1, max_size=5))
@settings(max_examples=300, deadline=None)
def test_text_is_shown_as_it_is_written_whatever_its_marks(runs):
    text = "".join(f'<content styleCode="{style}">{html.escape(words)}</content>' for words, style in runs)
    expected = squeezed("".join(words for words, _style in runs))

    document = read(
        section("<paragraph>First</paragraph>" + f"<paragraph>{text}</paragraph><list><item>{text}</item></list>")
    )

    assert squeezed(shown(document.sections[0].body)) == f"6REACTIONSFirst{expected}{expected}"


@given(plain, plain)
@settings(max_examples=200, deadline=None)
def test_cells_are_shown_as_they_are_written(first, second):
    cells = f"<tr><td>a{html.escape(first)}</td><td>b{html.escape(second)}</td></tr>"

    body = body_of(f"<table><tbody>{cells}{cells}</tbody></table>")

    assert squeezed(shown(body)) == squeezed(f"a{first}b{second}") * 2
