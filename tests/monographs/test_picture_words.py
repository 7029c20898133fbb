"""Credit, licence and description of pictures on the page."""

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monographs.models import Picture
from monographs.rendering import render
from monographs.typed_field import TypedField
from tests.factories import make_picture, make_published

pytestmark = pytest.mark.django_db


def test_credit_and_licence_stand_below_the_figure_and_the_lead_picture(client):
    lead = make_picture(credit="John Roe", licence=Picture.Licence.PUBLIC_DOMAIN)
    diagram = make_picture(credit='"><script>alert(1)</script>', licence=Picture.Licence.CC_BY_SA_4)
    text = f'![A square]({diagram.file.url} "Figure 1.")'
    monograph = make_published(body=text, lead_picture=lead, lead_picture_alt="A square", lead_picture_caption="Look.")

    page = client.get(monograph.get_absolute_url()).content.decode()

    licence = '<a href="https://creativecommons.org/licenses/by-sa/4.0/">CC BY-SA 4.0</a>'
    credit = f"Picture: &quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;. Licence: {licence}."
    assert "Look. " in page
    assert '<span class="credit">Picture: John Roe. Licence: Public domain.</span>' in page
    assert html.unescape(credit) in html.unescape(page)
    assert "<script>alert" not in page


def test_a_picture_inside_a_sentence_is_credited_behind_it():
    data = {"width": 4, "height": 3, "widths": [4], "credit": "Jane Doe."}
    found = render("See ![a](/media/pictures/a.png) here.", pictures={"pictures/a.png": data}).html
    assert re.search(r'</picture> <span class="credit">Picture: Jane Doe\.</span> here', found)


def test_publishing_teaches_the_library_what_pictures_show_that_nobody_has_described():
    described, diagram, lead = make_picture(alt="A square"), make_picture(), make_picture()
    text = f"![Something else]({described.file.url})\n\n![A *diagram*\nof a cell]({diagram.file.url})"
    make_published(body=text, lead_picture=lead, lead_picture_alt="The formula")
    known = dict(Picture.objects.values_list("pk", "alt"))
    assert known == {described.pk: "A square", diagram.pk: "A diagram of a cell", lead.pk: "The formula"}


words = st.text(max_size=60).map(TypedField(required=False).clean)


@given(alt=words, caption=words)
@settings(max_examples=150, deadline=None)
def test_the_words_of_a_picture_reach_the_page_as_they_are_written(alt, caption):
    picture = Picture(file="pictures/0123456789abcdef.png", alt=alt, caption=caption)
    data = {"width": 4, "height": 3, "widths": [4]}

    shown = render(picture.markdown, pictures={picture.file.name: data}).html

    assert html.unescape(re.search(r'alt="([^"]*)"', shown)[1]) == alt
    assert html.unescape("".join(re.findall(r"<figcaption>(.*)</figcaption>", shown))) == caption
