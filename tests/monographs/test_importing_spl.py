"""SPL, the XML of drug labels: what becomes of each part, and that no word is lost."""

import html
import re
import unicodedata
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from monographs.importing import ImportProblem, apply_document, documents_in
from monographs.models import Monograph, Picture
from monographs.rendering import MAX_BRACKETS, MAX_COLUMNS, MAX_SOURCE, render, validate_source
from tests.factories import make_monograph
from tests.monographs.reading import read_document

SAMPLE = Path(__file__).parent / "samples" / "velmorine-spl.xml"
FRAME = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<document xmlns="urn:hl7-org:v3"><component><structuredBody>\n'
    "{}\n</structuredBody></component></document>"
)


def section(text, *, code="34084-4", title="6 REACTIONS", within=""):
    title = f"<title>{title}</title>" if title else ""
    return f'<component><section><code code="{code}"/>{title}<text>{text}</text>{within}</section></component>'


def read(*sections, name="label.xml"):
    (document,) = documents_in(Path(name), FRAME.format("\n".join(sections)).encode())
    return document


def body_of(text, **options):
    """The Markdown of one part's text."""
    return read(section(text, title="", **options)).sections[0].body


def problem_of(content):
    with pytest.raises(ImportProblem) as caught:
        documents_in(Path("label.xml"), content if isinstance(content, bytes) else content.encode())
    return caught.value


def shown(markdown):
    """What a reader sees of some Markdown, tags taken out without a trace."""
    return html.unescape(re.sub(r"<[^>]+>", "", render(markdown).html))


def squeezed(text):
    return "".join(text.split())


# A whole label


def test_parts_become_the_sections_that_their_codes_tell_and_others_keep_their_own():
    document = read_document(SAMPLE)

    assert [(section.kind, section.heading) for section in document.sections] == [
        ("uses", "Medical uses"),
        ("mechanism", "Mechanism of action"),
        ("forms", "Forms and administration"),
        ("effects", "Side effects"),
        ("research", "Emerging research"),
        ("other", "Recent major changes"),
        ("other", "16 HOW SUPPLIED"),
        ("other", "Package label: principal display panel"),
        ("other", "About this label"),
    ]


def test_parts_of_one_section_stand_under_their_own_titles_and_parts_within_them_below():
    forms, effects = read_document(SAMPLE).sections[2:4]

    assert re.findall("^#+ .*", forms.body, re.MULTILINE) == [
        "### 2 DOSAGE AND ADMINISTRATION",
        "### 3 DOSAGE FORMS AND STRENGTHS",
    ]
    assert re.findall("^#+ .*", effects.body, re.MULTILINE) == [
        "### WARNING: SLOW BREATHING",
        "### 5 WARNINGS AND PRECAUTIONS",
        "#### 5.1 Slow Breathing",
        "### 6 ADVERSE REACTIONS",
    ]


def test_a_boxed_warning_is_a_box():
    effects = read_document(SAMPLE).sections[3]

    assert (
        "::: urgent\n**Velmorine can slow breathing, above all in the first 24 hours.** Watch each new patient closely "
        "*\\[see Warnings (5.1)]*.\n:::"
    ) in effects.body


def test_highlights_stand_below_what_they_sum_up():
    uses = read_document(SAMPLE).sections[0]

    assert uses.body.endswith("#### Highlights\n\nVelmorine relieves pain for a short time (1).")


@pytest.mark.django_db
def test_a_label_makes_a_working_copy_with_names_codes_facts_and_its_source():
    monograph, _changed = apply_document(read_document(SAMPLE))

    assert (monograph.title, monograph.slug) == ("Velmorine hydrochloride", "velmorine-hydrochloride")
    assert monograph.summary == (
        "The text of the drug label of Velmorine hydrochloride by Example Pharma Ltd, in force since 3 May 2024."
    )
    assert monograph.names == ["Velmora XR"]
    assert [str(identifier) for identifier in monograph.identifiers.all()] == ["UNII 0A1B2C3D4E"]
    assert {fact.label: fact.value for fact in monograph.facts.all()} == {
        "Active ingredients": "Velmorine hydrochloride",
        "Forms": "Tablet, film coated",
        "Given by": "Oral",
        "Label by": "Example Pharma Ltd",
    }
    reference = monograph.references.get()
    assert (reference.key, reference.year, reference.source) == ("label", 2024, "DailyMed, version 6")
    assert reference.url.endswith("setid=7d5d2a34-91ce-4f0b-8c6e-3a1b5e9f4c21")
    assert not monograph.editions.exists()
    assert monograph.publish(by=None, note="First.").number == 1


@pytest.mark.django_db
def test_a_label_adds_to_what_an_editor_wrote_and_replaces_the_sections():
    monograph = make_monograph(
        slug="velmorine-hydrochloride", title="Velmorine", subtitle="Mine", summary="Mine.", other_names="Velmora XR"
    )
    monograph.references.create(key="mine", authors="A", year=2020, title="B", source="C", position=1)
    monograph.facts.create(label="Forms", value="Drops", position=1)
    monograph.facts.create(label="Mine", value="Yes", position=2)

    for _turn in range(2):
        _monograph, is_changed = apply_document(read_document(SAMPLE))

    monograph.refresh_from_db()
    assert not is_changed
    assert (monograph.subtitle, monograph.summary, monograph.names) == ("Mine", "Mine.", ["Velmora XR"])
    assert [reference.key for reference in monograph.references.all()] == ["mine", "label"]
    assert [(fact.label, fact.value) for fact in monograph.facts.all()][:2] == [
        ("Forms", "Tablet, film coated"),
        ("Mine", "Yes"),
    ]
    assert monograph.sections.count() == 9


@pytest.mark.django_db
def test_pictures_beside_the_label_come_along(tmp_path):
    label = tmp_path / "label.xml"
    label.write_bytes(SAMPLE.read_bytes())
    Image.new("RGB", (40, 30), "red").save(tmp_path / "velmorine-01.jpg")

    document = read_document(label)
    monograph, _changed = apply_document(document)

    assert document.notes == ()
    address = f"/media/{Picture.objects.get().file.name}"
    assert f'![A receptor with velmorine in its pocket]({address} "Figure 1: The receptor")' in (
        monograph.sections.get(kind="mechanism").body
    )


def test_a_picture_that_is_not_there_is_named_in_the_text_and_noted():
    document = read_document(SAMPLE)

    assert "*Picture: A receptor with velmorine in its pocket (velmorine-01.jpg)*" in document.sections[1].body
    assert document.notes == ((None, "1 picture is not beside this file; the text names it instead."),)


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


# What cannot be read


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("<document", 1, "not XML that can be read"),
        (SAMPLE.read_text()[:5000], None, "not XML that can be read"),
        ('<html xmlns="urn:hl7-org:v3"><body/></html>', 1, "begins with “html”"),
        ("\n\n<document/>", 3, "begins with “document”"),
        (FRAME.format(""), 2, "has no text"),
        (FRAME.format(section("&nbsp;")), 3, "not XML that can be read"),
        (FRAME.format(section("a\u202eb")), 3, "U+202E"),
        (FRAME.format(section('<paragraph ID="a\ufeff"/>')), 3, "U+FEFF"),
        (FRAME.format(section("<content>" * 70 + "</content>" * 70)), 3, "inside 60 others"),
        (FRAME.format(section("<br/>" * 300_000)), 3, "more than 300000 elements"),
        ('<!DOCTYPE a [<!ENTITY b "c">]>\n<document/>', 1, "declares a document type"),
        ('<?xml version="1.0" encoding="nonsense"?>\n<document/>', None, "not XML that can be read"),
        ('<?xml version="1.0" encoding="shift_jis"?>\n<document/>', None, "not XML that can be read"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(content, line, reason):
    problem = problem_of(content)

    assert reason in problem.reason, problem
    assert problem.line == line if line else problem.line


@pytest.mark.parametrize(
    "entity",
    [
        '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">',
        '<!ENTITY b SYSTEM "file:///etc/hostname">',
        '<!ENTITY % b SYSTEM "http://127.0.0.1:1/">%b;',
    ],
)
def test_entities_are_neither_expanded_nor_fetched(entity):
    assert "document type" in problem_of(f"<!DOCTYPE d [{entity}]>\n{FRAME.format(section('&b;'))[39:]}").reason


def test_utf_16_is_read():
    content = FRAME.format(section("Café")).replace("UTF-8", "UTF-16").encode("utf-16")

    (document,) = documents_in(Path("label.xml"), content)

    assert "Café" in document.sections[0].body


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_damaged_label_is_read_or_refused_and_nothing_else(data):
    content = bytearray(SAMPLE.read_bytes())
    for _turn in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        content[start : start + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=6))

    with suppress(ImportProblem):
        documents_in(Path("label.xml"), bytes(content))


@pytest.mark.django_db
def test_nothing_is_written_of_a_label_that_is_refused(tmp_path):
    label = tmp_path / "label.xml"
    label.write_bytes(SAMPLE.read_bytes())
    (tmp_path / "velmorine-01.jpg").write_text("no picture")

    with pytest.raises(ImportProblem, match="not a picture"):
        apply_document(read_document(label))

    assert not Monograph.objects.exists()
