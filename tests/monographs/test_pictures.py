"""Uploaded pictures: what is accepted, and what is kept of it."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageCms

from monographs import pictures
from monographs.markdown_rules import picture_html
from monographs.models import Picture
from monographs.picture_formats import encode
from monographs.pictures import ADDRESS, MAX_BYTES, store
from tests.factories import make_user
from tests.monographs.uploads import keep, kept_image, photograph, picture_bytes, reason_for
from tests.races import at_once

pytestmark = pytest.mark.django_db


def test_a_picture_is_kept_as_fallback_and_as_avif_and_webp_in_three_widths():
    picture = keep(photograph())
    stem = picture.file.name.removesuffix(".jpg")
    assert (picture.width, picture.height, picture.widths) == (1600, 800, [480, 960, 1600])
    assert kept_image(picture.file.name).size == (1600, 800)
    for width in picture.widths:
        for ending in ("avif", "webp"):
            assert kept_image(f"{stem}-{width}.{ending}").size == (width, width // 2)


def test_every_address_that_a_page_prints_is_there():
    picture = keep(photograph())
    html = picture_html(picture.file.name, picture.as_data(), "Noise")
    addresses = [part.split('"')[-1] for part in html.replace(",", " ").split() if "/media/" in part]
    assert len(addresses) == 7
    for address in addresses:
        assert default_storage.exists(address.removeprefix("/media/"))


def test_the_address_of_a_picture_is_found_in_a_text():
    picture = keep(picture_bytes())
    assert ADDRESS.findall(f"![A square]({picture.file.url})") == [picture.file.name]


def test_a_small_picture_is_never_enlarged():
    assert keep(picture_bytes(size=(700, 10))).widths == [480, 700]
    assert keep(picture_bytes(size=(30, 30))).widths == [30]


@pytest.mark.parametrize(("size", "widths"), [((1700, 7), [480, 960, 1600]), ((1600, 8000), [480, 960, 1095])])
def test_a_flat_picture_keeps_its_width_and_a_very_tall_one_becomes_narrower(size, widths):
    assert keep(picture_bytes(size=size)).widths == widths


def test_the_same_upload_twice_is_one_picture_that_names_its_first_uploader():
    user = make_user()
    first = store(ContentFile(picture_bytes()), by=user)
    second = store(ContentFile(picture_bytes()), by=make_user())
    assert first == second
    assert second.uploaded_by == user


@pytest.mark.parametrize("format_", ["PNG", "JPEG", "WEBP", "AVIF", "GIF"])
def test_five_formats_are_accepted(format_):
    assert keep(picture_bytes(format_)).width == 40


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_is_accepted(mode):
    data = picture_bytes(mode="P" if mode == "PA" else mode, colour=0)
    assert kept_image(keep(data).file.name).format == "PNG"


def test_a_cmyk_jpeg_becomes_rgb():
    assert kept_image(keep(picture_bytes("JPEG", mode="CMYK", colour=0)).file.name).mode == "RGB"


def test_the_colours_of_a_cmyk_photograph_stay():
    picture = keep(picture_bytes("JPEG", mode="CMYK", colour=(0, 255, 255, 0)))
    red, green, blue = kept_image(picture.file.name).getpixel((20, 15))
    assert red > 200
    assert max(green, blue) < 60


@pytest.mark.parametrize(("value", "expected"), [(0, 0), (32768, 128), (65535, 255)])
def test_sixteen_bits_of_grey_become_the_same_grey_in_eight(value, expected):
    picture = keep(picture_bytes(mode="I;16", colour=value))
    assert kept_image(picture.file.name).convert("RGB").getpixel((20, 15)) == (expected,) * 3


def test_a_palette_keeps_its_colours_and_its_transparent_entry():
    image = Image.new("P", (40, 30), 1)
    image.putpalette([0, 0, 0, 200, 30, 60])
    image.paste(0, (0, 0, 20, 30))
    buffer = io.BytesIO()
    image.save(buffer, "PNG", transparency=0)
    kept = kept_image(keep(buffer.getvalue()).file.name).convert("RGBA")
    assert kept.getpixel((30, 15)) == (200, 30, 60, 255)
    assert kept.getpixel((10, 15))[3] == 0


STORED_AS = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How a camera that was held in each of the eight ways stores what was upright."""


@pytest.mark.parametrize(("orientation", "turn"), STORED_AS.items())
def test_a_photograph_is_upright_however_the_camera_was_held(orientation, turn):
    upright = Image.new("RGB", (60, 40), "white")
    upright.paste("red", (0, 0, 20, 20))
    exif = Image.Exif()
    exif[0x0112] = orientation
    buffer = io.BytesIO()
    (upright.transpose(turn) if turn is not None else upright).save(buffer, "JPEG", exif=exif.tobytes(), quality=95)

    kept = kept_image(keep(buffer.getvalue()).file.name).convert("RGB")

    assert kept.size == (60, 40)
    red, green, _blue = kept.getpixel((5, 5))
    assert red > 200
    assert green < 60
    assert min(kept.getpixel((55, 5)) + kept.getpixel((5, 35)) + kept.getpixel((55, 35))) > 200


def test_colours_of_a_profile_are_brought_into_the_one_of_the_web():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ"))
    assert (
        kept_image(keep(picture_bytes("PNG", icc_profile=profile.tobytes())).file.name).info.get("icc_profile") is None
    )


def test_a_drawing_and_a_transparent_picture_fall_back_to_png_and_a_photograph_to_jpeg():
    assert keep(picture_bytes("PNG")).file.name.endswith(".png")
    assert keep(photograph("PNG", size=(300, 150))).file.name.endswith(".jpg")
    transparent = keep(picture_bytes("PNG", mode="RGBA", colour=(0, 0, 0, 9)))
    assert kept_image(transparent.file.name).mode == "RGBA"


def test_a_picture_is_turned_upright_and_its_metadata_are_dropped():
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter
    exif[0x010F] = "Camera of somebody"
    picture = keep(photograph(size=(200, 100), exif=exif.tobytes(), comment=b"Taken at home"))
    assert (picture.width, picture.height) == (100, 200)
    names = [picture.file.name] + [picture.file.name.replace(".jpg", f"-100.{ending}") for ending in ("avif", "webp")]
    for name in names:
        assert not kept_image(name).getexif()
        with default_storage.open(name) as file:
            content = file.read()
        assert b"somebody" not in content
        assert b"Taken at home" not in content


def test_a_photograph_with_a_preview_inside_is_one_picture():
    buffer = io.BytesIO()
    Image.new("RGB", (60, 40)).save(buffer, "MPO", save_all=True, append_images=[Image.new("RGB", (6, 4))])
    assert keep(buffer.getvalue()).width == 60


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Not a picture.",
        b"<html><script>alert(1)</script></html>",
        b"GIF89a<script>alert(1)</script>",
        photograph()[:2000],
        picture_bytes()[:-20],
        picture_bytes("BMP"),
        picture_bytes("TIFF"),
        picture_bytes("ICO"),
        b"\x89PNG\r\n\x1a\n" + b"\xff" * 5000,
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(data):
    assert "Save it as PNG or JPEG" in reason_for(data).message


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf\n", b'<?xml version="1.0"?>\n', b"<!-- drawn by hand -->"])
def test_an_svg_drawing_is_refused_with_its_own_reason(start):
    assert (
        "SVG" in reason_for(start + b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>').message
    )


@pytest.mark.parametrize("format_", ["WEBP", "PNG", "AVIF"])
def test_of_a_picture_that_moves_the_first_frame_is_kept(format_):
    buffer = io.BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")] * 50
    frames[0].save(buffer, format_, save_all=True, append_images=frames[1:])

    picture = store(io.BytesIO(buffer.getvalue()), by=None)

    for name in picture.file_names():
        with default_storage.open(name) as file, Image.open(file) as kept:
            assert not getattr(kept, "is_animated", False)
            red, _green, blue = kept.convert("RGB").getpixel((10, 10))
            assert red > 200 > 60 > blue


def test_a_file_over_ten_megabytes_is_refused():
    assert "larger than 10.0" in reason_for(b"\0" * (MAX_BYTES + 1)).message.replace("\xa0", " ")


def png_that_claims(width, height):
    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(8000, 6000), (10_000, 10_000), (60_000, 60_000), (20_000, 1)])
def test_a_picture_with_too_many_pixels_is_refused_before_it_is_unpacked(size):
    assert "too many pixels" in reason_for(png_that_claims(*size)).message


def test_nothing_is_left_when_writing_a_file_fails(monkeypatch):
    save = default_storage.save
    monkeypatch.setattr(
        default_storage, "save", lambda name, content: save(name, content) if name.endswith(".png") else 1 / 0
    )
    with pytest.raises(ZeroDivisionError):
        keep(picture_bytes())
    assert Picture.objects.count() == 0
    assert default_storage.listdir("pictures") == ([], [])


def test_files_that_a_crash_left_without_a_row_are_written_anew():
    picture = keep(picture_bytes())
    picture.delete()
    default_storage.delete(picture.file.name)
    default_storage.save(picture.file.name, ContentFile(b"half a pict"))
    assert kept_image(keep(picture_bytes()).file.name).size == (40, 30)


def test_the_threads_of_a_worker_open_pictures_one_at_a_time(monkeypatch):
    turns = []

    def encode_in_turn(*opened):
        turns.append(pictures.ONE_OPEN.locked())
        return encode(*opened)

    monkeypatch.setattr(pictures, "encode", encode_in_turn)
    keep(picture_bytes())
    with pytest.raises(ValidationError):
        keep(b"no picture")
    keep(picture_bytes(colour="red"))
    assert turns == [True, True]


@pytest.mark.django_db(transaction=True)
def test_the_same_picture_uploaded_by_two_people_at_once_is_kept_once():
    data = photograph(size=(300, 150))
    kept = at_once(*[lambda: keep(data).pk] * 4)
    assert set(kept) == {Picture.objects.get().pk}
