import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monographs.rendering import MAX_BRACKETS, MAX_COLUMNS, MAX_SOURCE, render, validate_source
from tests.measuring import is_done_within

PICTURE = {"pictures/0123456789abcdef.png": {"width": 800, "height": 600, "widths": [480, 800]}}
ADDRESS = "/media/pictures/0123456789abcdef.png"


def test_a_citation_becomes_a_numbered_link_to_its_reference():
    rendered = render("It works.[@green-2011; @zarate_2006]", citations=["green-2011", "zarate_2006"])
    assert '<a href="#ref-green-2011" aria-label="Reference 1">1</a>' in rendered.html
    assert '<a href="#ref-zarate_2006" aria-label="Reference 2">2</a>' in rendered.html
    assert rendered.problems == []


def test_an_unknown_citation_is_a_problem_that_names_the_key():
    rendered = render("It works.[@nobody-1999]", citations=["green-2011"])
    assert rendered.problems == ["[@nobody-1999] is cited, but no reference has the key “nobody-1999”."]
    assert "nobody-1999?" in rendered.html


def test_an_e_mail_address_in_brackets_is_not_a_citation():
    assert render("[me@example.org] and [@ space]").problems == []


def test_headings_start_below_the_section_and_carry_its_anchor():
    html = render("# One\n\n## Two\n\n# One", anchor="uses").html
    assert '<h3 id="uses--one">One</h3>' in html
    assert '<h4 id="uses--two">Two</h4>' in html
    assert '<h3 id="uses--one-2">One</h3>' in html


def test_a_picture_alone_in_its_paragraph_is_a_figure_with_its_caption():
    html = render(f'![A receptor]({ADDRESS} "The pore.")', pictures=PICTURE).html
    assert html.startswith("<figure><picture>")
    assert (
        'srcset="/media/pictures/0123456789abcdef-480.avif 480w, /media/pictures/0123456789abcdef-800.avif 800w"'
        in html
    )
    assert 'alt="A receptor" width="800" height="600"' in html
    assert "<figcaption>The pore.</figcaption></figure>" in html
    assert f'<a class="whole" href="{ADDRESS}">Open the picture in full size</a>' in html


def test_a_picture_without_alt_text_is_a_problem():
    (problem,) = render(f"![]({ADDRESS})", pictures=PICTURE).problems
    assert "no text for people who cannot see it" in problem


@pytest.mark.parametrize(
    "address", ["https://elsewhere.example/a.png", "/media/pictures/ffffffffffffffff.png", "a.png"]
)
def test_a_picture_from_elsewhere_is_a_problem_and_is_not_loaded(address):
    rendered = render(f"![A picture]({address})", pictures=PICTURE)
    assert "<img" not in rendered.html
    assert len(rendered.problems) == 1


def test_tables_align_by_class_and_scroll_in_a_region_of_their_own():
    rendered = render("| a | b |\n|---|--:|\n| 1 | 2 |", tables_before=2)
    html = rendered.html
    assert '<section class="table" tabindex="0" aria-label="Table 3: a, b"><table>' in html
    assert rendered.tables == 1
    assert '<td class="right">2</td>' in html
    assert "style=" not in html


def test_boxes_are_rendered_with_their_kind():
    html = render("::: urgent\nCall for help.\n:::\n\n::: note\nCalm.\n:::").html
    assert '<div class="box box-urgent">\n<p>Call for help.</p>\n</div>' in html
    assert '<div class="box box-note">' in html


def test_a_text_that_is_too_long_says_so_instead_of_rendering():
    rendered = render("a" * (MAX_SOURCE + 1))
    assert "Divide it into two sections" in rendered.problems[0]
    assert len(rendered.html) < 500


def test_a_table_with_ten_thousand_columns_is_refused_with_its_line():
    source = "Text.\n\n" + "|a" * 10_000 + "|\n" + "|-" * 10_000 + "|\n"
    rendered = render(source[:MAX_SOURCE])
    assert "The table at line 4 has about 10000 columns" in rendered.problems[0]


def test_a_table_with_as_many_columns_as_allowed_is_rendered():
    html = render("|a" * MAX_COLUMNS + "|\n" + "|-" * MAX_COLUMNS + "|\n" + "|b" * MAX_COLUMNS + "|\n").html
    assert html.count("<th ") == html.count("<td>") == MAX_COLUMNS


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    '[x](https://a.example "onmouseover=alert(1)")',
    "[x]: javascript:alert(1)\n\n[x]",
    "`<script>`",
    "```html\n<script>alert(1)</script>\n```",
    "<style>*{display:none}</style>",
    '<div style="position:fixed">x</div>',
    "<iframe src=//evil.example></iframe>",
    "&#x6A;avascript:alert(1)",
    "[x](&#x6A;avascript&colon;alert(1))",
    "[@x]()<svg/onload=alert(1)>",
]
SCRIPT = re.compile(
    r"<script|<iframe|<style|<svg|<object|<[^>]*\son\w+\s*=|(?:href|src)=\"\s*(?:javascript|data|vbscript)|<[a-z][^>]*\sstyle=",
    re.I,
)


@pytest.mark.parametrize("source", HOSTILE)
def test_hostile_markdown_never_becomes_script(source):
    assert not SCRIPT.search(render(source).html)


@given(
    st.lists(st.sampled_from([*HOSTILE, "\n", "\n\n", "- ", "> ", "|", "*", "[", "](", "<", '"', "`", "::: urgent\n"]))
)
@settings(max_examples=150, deadline=None)
def test_no_mixture_of_hostile_markdown_becomes_script(parts):
    assert not SCRIPT.search(render("".join(parts)).html)


@given(st.text(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_text_is_rendered_without_control_or_reordering_characters(source):
    html = render(source).html
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]", html)


@pytest.mark.parametrize(
    "part",
    [
        "[",
        "![",
        "[a](",
        "*a ",
        "_a_",
        "> ",
        "- ",
        "<",
        "|\n",
        "[x][",
        "![a](b)](",
        "a|",
        "[@a",
        "\x00",
        "\u202e",
        "::: urgent\n",
        "::: chart a\n",
        "*[a]: b\n",
        "*[a] ",
    ],
)
def test_hostile_text_of_the_greatest_length_is_rendered_in_a_second_at_most(part):
    source = (part * MAX_SOURCE)[:MAX_SOURCE]
    if "[" in part:
        most = part * (MAX_BRACKETS // part.count("["))
        source = most + "a" * (MAX_SOURCE - len(most))
    assert not validate_source(source)
    assert is_done_within(1, lambda: render(source))


@pytest.mark.parametrize("part", ["[", "![", "[a](", "[x]["])
def test_more_brackets_than_any_text_needs_are_refused(part):
    assert "opening square brackets" in render(part * 5_000).problems[0]


def test_two_hundred_kilobytes_are_refused_at_once():
    assert render("[" * 200_000).problems
    assert is_done_within(0.1, lambda: render("[" * 200_000))


@pytest.mark.parametrize(
    "source", [">::: urgent\n>", "> ::: urgent\n> ", ">", "> ", "Text.\n\n>", "- >", "> >", "::: urgent\n>"]
)
def test_a_text_may_end_in_an_empty_quotation(source):
    assert "<blockquote>" in render(source).html
