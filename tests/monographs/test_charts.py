"""A table marked as a chart: bars beside its numbers, made of numbers alone."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monographs.rendering import render
from monographs.table_rules import MAX_BARS

SVG = re.compile(
    r'<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
    r'<rect width="\d{1,3}\.\d\d" height="8"/></svg>'
)


def chart(*rows, caption="How often", head="| Effect | Drug |\n|---|--:|"):
    return render(f"::: chart {caption}\n{head}\n" + "\n".join(rows) + "\n:::\n")


def widths(rendered):
    return re.findall(r'<rect width="([\d.]+)"', rendered.html)


def test_each_number_keeps_its_cell_and_gets_a_bar_in_proportion_to_the_largest():
    rendered = chart("| Nausea | 28.4% |", "| Fits | 7.1% |", "| Cough | 0 |")
    assert widths(rendered) == ["100.00", "25.00", "0.00"]
    assert re.search(r'<th scope="row">Nausea</th>\n<td class="plot"><svg [^§]*?</svg>28.4%</td>', rendered.html)
    assert "<figcaption>How often</figcaption>" in rendered.html
    assert 'aria-label="Table 1: How often"' in rendered.html
    assert rendered.problems == []


def test_columns_share_one_scale_and_columns_of_words_have_no_bars():
    head = "| Effect | Drug | Placebo | Remark |\n|---|--:|--:|---|"
    rendered = chart("| Nausea | 1,000 | 250 | often |", head=head)
    assert widths(rendered) == ["100.00", "25.00"]
    assert "<td>often</td>" in rendered.html


def test_numbers_are_read_as_the_sites_language_writes_them_and_otherwise_as_they_can_be(settings):
    assert widths(chart("| Nausea | 1,500 |", "| Fits | 12.5% |", "| Cough | 3,75 % |")) == ["100.00", "0.83", "0.25"]
    settings.LANGUAGE_CODE = "de"
    assert widths(chart("| Nausea | 1.500 |", "| Fits | 12,5 % |", "| Cough | 3.75 % |")) == ["100.00", "0.83", "0.25"]
    assert widths(chart("| Nausea | 3 |", "| Fits | 1,500 |")) == ["100.00", "50.00"]


def test_other_text_in_the_box_and_other_tables_stay_as_they_are():
    table = "| a | b |\n|---|---|\n| 1 | 2 |\n"
    html = render(f"{table}\n::: chart C\n{table}\nA note.\n:::").html
    assert html.count("<svg") == 1
    assert "<p>A note.</p>\n</figure>" in html


@pytest.mark.parametrize(
    "source",
    [
        "::: chart C\nNo table.\n:::",
        "::: chart C\n| a | b |\n|---|---|\n| x | many |\n:::",
        "::: chart C\n| a | b |\n|---|---|\n| x | -3 |\n:::",
        "::: chart C\n| a |\n|---|\n| 3 |\n:::",
        "::: chart C\n| a | b |\n|---|---|\n" + "| x | 1 |\n" * (MAX_BARS + 1) + ":::",
    ],
)
def test_a_chart_without_numbers_or_with_too_many_is_a_problem(source):
    rendered = render(source)
    assert len(rendered.problems) == 1
    assert "A chart needs a table with a column of numbers" in rendered.html
    assert "<svg" not in rendered.html


def test_a_chart_that_does_not_say_what_it_shows_is_a_problem():
    assert "A chart needs a caption" in render("::: chart\n| a | b |\n|---|---|\n| x | 1 |\n:::").problems[0]


HOSTILE = [
    "<script>alert(1)</script>",
    "<svg onload=alert(1)>",
    '"><svg onload=alert(1)>',
    "</svg><script>alert(1)</script>",
    "bar-0000000000000000-0;",
    "&#x3c;svg&#x3e;",
    "javascript:alert(1)",
    "1e999",
    "Infinity",
    "NaN",
    "99999999999999999999999999",
    "1;width:100%",
    '1" onload="alert(1)',
    "٣",
    "1,2,3",
    "<1",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_hostile_caption_label_or_number_becomes_anything_but_text_and_plain_bars(text):
    html = chart(f"| {text} | {text} |", "| x | 5 |", caption=text).html + chart("| x | 5 |", caption=text).html
    assert "<svg" not in SVG.sub("", html)
    assert "<script" not in html


@given(st.lists(st.text(alphabet="|-:;.,%<>&\"'0123456789 abx\n", max_size=30), max_size=12))
@settings(max_examples=100, deadline=None)
def test_no_mixture_makes_anything_but_plain_bars(parts):
    html = chart(*(f"| {part} | {part[::-1]} |" for part in parts)).html
    assert "<svg" not in SVG.sub("", html)


def test_the_same_text_makes_the_same_html():
    assert chart("| x | 5 |").html == chart("| x | 5 |").html
