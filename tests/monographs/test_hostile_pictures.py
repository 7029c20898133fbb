"""Files made to do harm: refused with a reason, or encoded anew so that nothing but their pixels is stored."""

import io
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageStat, PngImagePlugin

from monographs.models import Picture
from monographs.picture_formats import HELD, MAX_PIXELS, MAX_PIXELS_OF_OTHERS
from monographs.pictures import store
from portal.paths import BASE_DIR

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

PICTURES = Path(__file__).with_name("pictures")
"""AVIF files with more bits of each colour than Pillow writes."""

FORMATS = ["PNG", "JPEG", "WEBP", "AVIF", "GIF"]
MARK = b"alert(document.cookie)"
"""What no stored file may hold."""

SCRIPT = b"<script>" + MARK + b"</script>"


def photograph(format_="JPEG", size=(300, 200), **options):
    buffer = io.BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(buffer, format_, **options)
    return buffer.getvalue()


def chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png_with(*chunks):
    """A PNG with chunks of ours before its pixels."""
    data = photograph("PNG", size=(30, 20))
    return data[:33] + b"".join(chunks) + data[33:]


def png_that_claims(width, height, *, depth=8, colour=2, rows=b""):
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def jpeg_with(marker, content):
    """A JPEG with a segment of ours behind its beginning."""
    data = photograph()
    return data[:2] + b"\xff" + bytes([marker]) + struct.pack(">H", len(content) + 2) + content + data[2:]


def resized(data, width, height):
    """The same file that claims another size: both numbers stand in the heads of these formats."""
    known = Image.open(io.BytesIO(data)).size
    for order in (">HH", "<HH", ">II", "<II"):
        for numbers in (known, known[::-1]):
            claimed = (width, height) if numbers == known else (height, width)
            data = data.replace(struct.pack(order, *numbers), struct.pack(order, *claimed), 1)
    return data


def stored_files(data):
    """Keep an upload and return the content of every file that was made of it."""
    picture = store(ContentFile(data), by=None)
    files = []
    for name in picture.file_names():
        with default_storage.open(name) as file:
            files.append(file.read())
    assert len(files) >= 3
    return files


def refusal_of(data):
    with pytest.raises(ValidationError) as refused:
        store(ContentFile(data), by=None)
    assert not Picture.objects.exists()
    assert not default_storage.exists("pictures")
    return refused.value


def outcome_of(data):
    """Return the Picture that an upload is kept as, or the code with which it is refused."""
    try:
        return store(ContentFile(data), by=None)
    except ValidationError as error:
        return error.code


def make_zip():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("index.html", SCRIPT)
    return buffer.getvalue()


FOREIGN = {
    "a page after the end": lambda data: data + b"<html>" + SCRIPT,
    "an archive after the end": lambda data: data + make_zip() + MARK,
    "a program after the end": lambda data: data + b"*/=1;" + MARK + b"//",
    "a drawing after the end": lambda data: data + b"<svg xmlns='http://www.w3.org/2000/svg' onload='" + MARK + b"'/>",
    "much after the end": lambda data: data + MARK * 200_000,
}


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("add", FOREIGN.values(), ids=FOREIGN)
def test_what_stands_behind_a_picture_is_not_stored(format_, add):
    for content in stored_files(add(photograph(format_))):
        assert MARK not in content
        assert b"PK\x03\x04" not in content


XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description xmp:Creator="' + SCRIPT + b'"/></x:xmpmeta>'


def exif_with(description):
    exif = Image.Exif()
    exif[0x010E] = description
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 26.0), 3: "W", 4: (0.0, 7.0, 39.0), 29: MARK.decode()})
    return exif.tobytes()


WITH_METADATA = {
    "JPEG": lambda: photograph(exif=exif_with(MARK.decode()), xmp=XMP, comment=MARK, icc_profile=MARK * 50),
    "JPEG, a huge EXIF": lambda: photograph(exif=exif_with(MARK.decode() * 2900)),
    "JPEG, an EXIF of nothing else": lambda: jpeg_with(0xE1, b"Exif\0\0MM\0*\0\0\0\x08" + MARK * 2900),
    "JPEG, a page in a comment": lambda: jpeg_with(0xFE, b"*/=" + SCRIPT + b"/*"),
    "PNG": lambda: photograph("PNG", exif=exif_with(MARK.decode()), icc_profile=MARK * 50),
    "PNG, texts": lambda: png_with(
        chunk(b"tEXt", b"Comment\0" + SCRIPT),
        chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP),
        chunk(b"zTXt", b"Comment\0\0" + zlib.compress(SCRIPT)),
        chunk(b"prIv", SCRIPT),
    ),
    "WEBP": lambda: photograph("WEBP", exif=exif_with(MARK.decode()), xmp=XMP, icc_profile=MARK * 50),
    "AVIF": lambda: photograph("AVIF", exif=exif_with(MARK.decode()), xmp=XMP),
    "GIF": lambda: photograph("GIF", comment=SCRIPT),
}


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
@pytest.mark.parametrize("make", WITH_METADATA.values(), ids=WITH_METADATA)
def test_metadata_with_places_or_programs_are_not_stored(make):
    data = make()
    assert MARK in data or zlib.compress(SCRIPT) in data
    for content in stored_files(data):
        assert MARK not in content
        assert b"GPS" not in content
        assert b"Exif" not in content
        assert b"xmpmeta" not in content
        image = Image.open(io.BytesIO(content))
        assert not image.getexif()
        assert not {"icc_profile", "xmp", "comment"} & image.info.keys()


BOMBS = {
    "PNG": lambda: png_that_claims(60_000, 60_000),
    "PNG that has what it claims": lambda: png_that_claims(60_000, 60_000, depth=1, colour=0, rows=bytes(7501 * 9000)),
    "PNG with one long side": lambda: png_that_claims(2**31 - 1, 1),
    "JPEG": lambda: resized(photograph(size=(301, 203)), 60_000, 60_000),
    "GIF": lambda: resized(photograph("GIF", size=(301, 203)), 60_000, 60_000),
    "AVIF": lambda: resized(photograph("AVIF", size=(301, 203)), 60_000, 60_000),
}


@pytest.mark.parametrize("make", BOMBS.values(), ids=BOMBS)
def test_a_picture_that_unpacks_to_gigabytes_is_refused(make):
    assert refusal_of(make()).code in ("too_many_pixels", "unreadable")


@pytest.mark.parametrize(
    "make",
    [
        lambda: png_with(chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(200_000_000), 9))),
        lambda: png_with(*[chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(1_000_000), 9))] * 70),
        lambda: png_with(chunk(b"iTXt", b"Comment\0\1\0\0\0" + zlib.compress(bytes(200_000_000), 9))),
        lambda: png_with(chunk(b"iCCP", b"Profile\0\0" + zlib.compress(bytes(200_000_000), 9))),
    ],
    ids=["a long text", "many texts", "a text of the world", "a profile"],
)
def test_what_unpacks_beside_the_pixels_is_refused_or_left_out(make):
    data = make()
    assert len(data) < 300_000
    outcome = outcome_of(data)
    assert outcome == "unreadable" or outcome.width == 30


@pytest.mark.parametrize("format_", FORMATS)
def test_a_picture_that_ends_too_early_is_refused_or_stored_whole_and_clean(format_):
    data = photograph(format_, size=(64, 48))
    for length in range(0, len(data), max(1, len(data) // 10)):
        outcome = outcome_of(data[:length])
        assert outcome == "unreadable" or (outcome.width, outcome.height) == (64, 48)


DISGUISED = {
    "SVG": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="' + MARK + b'"/>',
    "SVG, packed": zlib.compress(b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    "SVG after spaces": b" " * 5000 + b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "SVG in UTF-16": "<svg xmlns='http://www.w3.org/2000/svg'/>".encode("utf-16"),
    "TIFF": photograph("TIFF"),
    "BMP": photograph("BMP"),
    "ICO": photograph("ICO", size=(32, 32)),
    "PPM": photograph("PPM"),
    "TGA": photograph("TGA"),
    "JPEG 2000": photograph("JPEG2000"),
    "PDF": photograph("PDF"),
    "EPS": photograph("EPS"),
    "PSD": b"8BPS\0\1" + bytes(6) + struct.pack(">HIIHH", 3, 20, 30, 8, 3) + bytes(2000),
    "ImageMagick": b"push graphic-context\nimage over 0,0 0,0 'https://example.org/x'\npop graphic-context",
    "HTML": b"<!doctype html><title>x</title>" + SCRIPT,
    "a program": b"\x7fELF" + bytes(500),
    "an archive": make_zip(),
}


@pytest.mark.parametrize("data", DISGUISED.values(), ids=DISGUISED)
def test_other_files_are_refused_whatever_their_name(data):
    refused = refusal_of(data)
    assert refused.code in ("svg", "unreadable")
    assert "Save it as PNG" in refused.message


def test_of_a_picture_that_moves_a_thousand_times_the_first_frame_is_kept():
    frames = [Image.new("P", (60, 40), number % 200) for number in range(1000)]
    for format_ in ("GIF", "WEBP", "PNG"):
        buffer = io.BytesIO()
        images = frames if format_ == "GIF" else [frame.convert("RGB") for frame in frames[:300]]
        images[0].save(buffer, format_, save_all=True, append_images=images[1:])
        for content in stored_files(buffer.getvalue()):
            assert getattr(Image.open(io.BytesIO(content)), "n_frames", 1) == 1


def test_sixteen_bits_of_each_colour_are_stored_in_eight():
    rows = b"".join(b"\0" + struct.pack(">HHH", 65535, 32768, 0) * 20 for _ in range(20))
    for content in stored_files(png_that_claims(20, 20, depth=16, rows=rows)):
        red, green, blue = Image.open(io.BytesIO(content)).convert("RGB").getpixel((10, 10))
        assert red > 245
        assert 118 < green < 138
        assert blue < 10


@pytest.mark.parametrize("name", ["ten_bits.avif", "twelve_bits.avif"])
def test_ten_and_twelve_bits_of_each_colour_are_stored_in_eight(name):
    data = (PICTURES / name).read_bytes()
    light = brightness(Image.open(io.BytesIO(data)))
    for content in stored_files(data):
        image = Image.open(io.BytesIO(content))
        assert image.size == (64, 48)
        assert abs(brightness(image) - light) < 3


def brightness(image):
    return ImageStat.Stat(image.convert("L")).mean[0]


def test_texts_of_a_png_are_not_taken_along_by_pillow_itself():
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", MARK.decode())
    assert MARK in photograph("PNG", pnginfo=info)
    assert all(MARK not in content for content in stored_files(photograph("PNG", pnginfo=info)))


LARGEST = {
    "PNG": ((3100, 7700), {"compress_level": 1}),
    "WEBP": ((3740, 3740), {"quality": 50, "method": 0}),
    "AVIF": ((3740, 3740), {"subsampling": "4:4:4", "speed": 10}),
    "GIF": ((1600, 8750), {}),
    "JPEG": ((3100, 7700), {"progressive": True, "subsampling": 0, "quality": 20}),
}
"""Of each format the largest that is allowed, in the way that takes most memory: transparent, or CMYK, progressive."""

DEEP = {"AVIF": "twelve_bits_large.avif"}
"""The same with twelve bits of each colour, for the format that has them."""

MEASURED = """
import sys
from pathlib import Path
import django
django.setup()
from monographs.picture_formats import encode, read_picture

def figure(name):
    return int(Path("/proc/self/status").read_text().split(name + ":")[1].split()[0]) // 1024

encode(*read_picture(Path(sys.argv[1]).read_bytes()))
before = figure("VmRSS")
encode(*read_picture(Path(sys.argv[2]).read_bytes()))
print(figure("VmHWM") - before)
"""
MEGABYTES = 300


@pytest.mark.skipif(sys.platform != "linux", reason="reads the memory of a process from /proc")
@pytest.mark.parametrize("format_", FORMATS)
def test_no_picture_takes_more_than_300_megabytes(format_, tmp_path):
    size, options = LARGEST[format_]
    small, large = tmp_path / "small", tmp_path / "large"
    small.write_bytes(photograph(format_))
    if format_ in DEEP:
        large.write_bytes((PICTURES / DEEP[format_]).read_bytes())
        with Image.open(large) as image:
            assert image.size == size
    else:
        Image.new("CMYK" if format_ == "JPEG" else "RGBA", size, (10, 200, 30, 128)).save(large, format_, **options)
    measured = subprocess.run(
        [sys.executable, "-c", MEASURED, small, large], capture_output=True, text=True, check=True, cwd=BASE_DIR
    )
    assert int(measured.stdout) < MEGABYTES
    most = MAX_PIXELS.get(format_, MAX_PIXELS_OF_OTHERS)
    assert 0.97 * min(most, HELD) < size[0] * size[1] <= most
