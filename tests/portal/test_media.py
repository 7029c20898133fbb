"""Uploaded pictures as visitors get them."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from monographs.pictures import store

pytestmark = pytest.mark.django_db


def make_png():
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture
def picture():
    return store(ContentFile(make_png()), by=None)


def test_a_picture_and_its_variants_are_served_with_their_types(client, picture):
    stem = picture.file.url.removesuffix(".png")
    for address, content_type in [
        (picture.file.url, "image/png"),
        (f"{stem}-40.avif", "image/avif"),
        (f"{stem}-40.webp", "image/webp"),
    ]:
        response = client.get(address)
        assert response.status_code == 200
        assert response["Content-Type"] == content_type
        assert int(response["Content-Length"]) == len(b"".join(response.streaming_content)) > 0


def test_a_picture_is_never_a_page_and_may_be_kept_for_good(client, picture):
    response = client.get(picture.file.url)
    b"".join(response.streaming_content)
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert not response.cookies
    assert "Vary" not in response


@pytest.mark.parametrize(
    "name",
    [
        "pictures/0123456789abcdef.png",
        "pictures/0123456789abcdef.html",
        "pictures/0123456789abcdef.svg",
        "pictures/page.png",
        "pictures/",
        "pictures/../../settings.env",
        "pictures/%2e%2e/secret.png",
        "secret.png",
        "pictures/0123456789abcdef.png%00.html",
        "pictures/0123456789abcdef.png%0a",
    ],
)
def test_any_other_name_is_not_found(client, name):
    default_storage.save("secret.png", ContentFile(b"secret"))
    default_storage.save("pictures/page.png", ContentFile(b"<script>"))
    assert client.get(f"/media/{name}").status_code == 404


def test_pictures_are_only_read(client, picture):
    assert client.post(picture.file.url).status_code == 405
    response = client.head(picture.file.url)
    response.close()
    assert response.status_code == 200
    assert int(response["Content-Length"]) > 0
