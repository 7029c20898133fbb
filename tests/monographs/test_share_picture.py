"""The picture beside links: always readable, whatever the title."""

import io

import pytest
from PIL import Image, ImageChops, ImageDraw

from monographs import share_picture as module
from monographs.models import Edition
from monographs.share_picture import share_picture
from tests.factories import make_published
from tests.monographs.exports import make_picture

pytestmark = pytest.mark.django_db

ADDRESS = "/monographs/ketamine/editions/1/share.png"


def edition(**values):
    made = make_published(title="Ketamine", slug="ketamine").edition_in_force
    for name, value in values.items():
        setattr(made, name, value)
    return made


def opened(content):
    image = Image.open(io.BytesIO(content))
    assert (image.format, image.size) == ("PNG", (1200, 630))
    return image.convert("RGB")


@pytest.fixture
def words(monkeypatch):
    """Return the list of all lines that are written, each with the width that it takes."""
    written = []
    write = ImageDraw.ImageDraw.text

    def listen(self, place, text, *args, font, **kwargs):
        written.append((text, place[0] + font.getlength(text)))
        return write(self, place, text, *args, font=font, **kwargs)

    monkeypatch.setattr(ImageDraw.ImageDraw, "text", listen)
    return written


def test_it_has_title_site_and_edition_in_the_size_that_networks_ask_for(client, words):
    make_published(title="Ketamine", slug="ketamine")
    response = client.get(ADDRESS)
    assert response["Content-Type"] == "image/png"
    opened(response.content)
    lines = [text for text, _width in words]
    assert lines[:2] == ["Monograph Portal", "Ketamine"]
    assert lines[-1].startswith("Edition 1, ")


def test_the_page_names_the_picture_with_its_size_and_words(client):
    make_published(title="Ketamine & “co”", slug="ketamine")
    page = client.get("/monographs/ketamine/").content.decode()
    for name, value in (
        ("og:image", f"http://testserver{ADDRESS}"),
        ("og:image:width", "1200"),
        ("og:image:alt", "Ketamine &amp; “co”, edition 1"),
        ("og:title", "Ketamine &amp; “co”"),
        ("og:url", "http://testserver/monographs/ketamine/"),
        ("og:site_name", "Monograph Portal"),
    ):
        assert f'<meta property="{name}" content="{value}">' in page


@pytest.mark.parametrize(
    "title",
    [
        "Hydroxychloroquine and paracetamol with pseudoephedrine hydrochloride in one combination for adults",
        "M" * 120,
        "Word " * 24,
        "Ä" * 3,
    ],
)
@pytest.mark.parametrize("has_picture", [False, True])
def test_no_line_is_wider_than_its_place(words, title, has_picture):
    picture = make_picture()
    data = {**picture.as_data(), "path": picture.file.name, "alt": "Red", "caption": ""} if has_picture else None
    opened(share_picture(edition(title=title, subtitle=f"{title} {title}", picture=data)))
    right = 1200 - 72 - (488 if has_picture else 0)
    assert words
    assert all(width <= right + 1 for _text, width in words)


def test_a_lead_picture_stands_on_the_right():
    picture = make_picture("red")
    data = {**picture.as_data(), "path": picture.file.name, "alt": "Red", "caption": ""}
    with_picture = opened(share_picture(edition(picture=data)))
    places = [(x, y) for x in range(0, 1200, 5) for y in range(0, 630, 5)]
    red = [place for place in places if with_picture.getpixel(place)[0] > 200 > 90 > with_picture.getpixel(place)[1]]
    assert red
    assert min(x for x, _y in red) > 600


def test_a_lead_picture_that_is_lost_is_left_out():
    lost = {"path": "pictures/lost.png", "width": 9, "height": 9, "widths": [], "alt": "x", "caption": ""}
    made = edition(picture=lost)
    without = opened(share_picture(edition_without_picture(made)))
    made.picture = lost
    assert ImageChops.difference(opened(share_picture(made)), without).getbbox() is None


def edition_without_picture(made):
    made.picture = None
    return made


def test_letters_that_the_font_lacks_never_become_boxes(words):
    share_picture(edition(title="氯胺酮", other_names=["كيتامين", "Кетамин"]))
    assert "Кетамин" in [text for text, _width in words]
    words.clear()
    share_picture(Edition(**{**edition_values(), "title": "氯胺酮", "other_names": ["كيتامين"]}))
    assert all(module._can_be_drawn(text) for text, _width in words)
    assert len(words) == 2


def edition_values():
    made = Edition.objects.get()
    return {"monograph": made.monograph, "number": 1, "public_from": made.public_from, "picture": None}


def test_it_is_kept_and_not_sent_twice(client, django_assert_num_queries, django_assert_max_num_queries):
    make_published(slug="ketamine")
    with django_assert_max_num_queries(2):
        response = client.get(ADDRESS)
    with django_assert_num_queries(1):
        assert client.get(ADDRESS).content == response.content
    assert client.get(ADDRESS, headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_a_withdrawn_edition_has_none(client):
    make_published(slug="ketamine").edition_in_force.withdraw(by=None, reason="Wrong.")
    assert client.get(ADDRESS).status_code == 410
    assert client.get("/monographs/ketamine/editions/2/share.png").status_code == 404
