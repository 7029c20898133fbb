"""Findings marked in a text: nothing of it is lost, changed or taken for HTML."""

from html.parser import HTMLParser

from hypothesis import example, given, settings
from hypothesis import strategies as st

from reviews.admin.desk.text import FIELDS, marked, pieces, places_in
from reviews.models import Review
from tests.factories_reviews import make_finding

texts = st.text(st.sampled_from("ab<>&\"' \n\U0001f600é"), max_size=40)
spans = st.lists(st.tuples(st.sampled_from(FIELDS), st.integers(-2, 45), st.integers(-2, 45)), max_size=8)


class Reader(HTMLParser):
    """What a browser would show, and which elements it would make."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.text, self.elements = "", set()

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)

    def handle_data(self, data):
        self.text += data


def read(markup):
    reader = Reader()
    reader.feed(markup)
    reader.close()
    return reader


def written(fields, spans):
    findings = [
        {"kind": "sourcing" if start % 2 else "crisis", "words": "x", "where": where, "start": start, "end": end}
        for where, start, end in spans
    ]
    return Review(**dict(zip(FIELDS, fields, strict=True)), findings=findings)


@settings(max_examples=150, deadline=None)
@given(st.tuples(*[texts] * len(FIELDS)), spans)
@example(("<b>", "&amp;<script>alert(1)</script>", "'", '"', ""), [("body", 0, 9), ("body", 3, 12), ("body", 3, 4)])
def test_marked_text_reads_as_it_was_written_and_has_no_element_but_the_marks(fields, spans):
    review = written(fields, spans)
    places = places_in(review)

    for linked in (True, False):
        fragments = marked(review, places, linked=linked)
        for name in FIELDS:
            reader = read(fragments[name])
            assert reader.text == getattr(review, name)
            assert reader.elements <= {"a", "span", "mark"}


@settings(max_examples=150, deadline=None)
@given(texts, spans)
def test_every_piece_knows_exactly_the_findings_that_it_is_part_of(text, spans):
    places = places_in(written((text,) * len(FIELDS), [("body", start, end) for _where, start, end in spans]))
    start = 0

    for piece in pieces(text, places):
        end = start + len(piece.words)
        assert set(piece.places) == {place for place in places if place.start < end and start < place.end}
        start = end
    assert start == len(text)


def test_overlapping_findings_are_cut_where_each_begins_and_ends():
    body = "Call me on Telegram now"
    findings = [make_finding(body, "Call me on Telegram"), make_finding(body, "Telegram now", kind="handle")]
    review = Review(title="", body=body, author_name="", reason_for_use="", form_taken="", findings=findings)

    cut = [(piece.words, [place.number for place in piece.places]) for piece in pieces(body, places_in(review))]

    assert cut == [("Call me on ", [1]), ("Telegram", [1, 2]), (" now", [2])]
