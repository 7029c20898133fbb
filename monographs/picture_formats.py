"""What an upload is made into: opened with suspicion, and encoded anew in the widths and formats that pages use."""

import io
import re
import warnings
from contextlib import suppress
from math import ceil, isqrt, sqrt
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

WIDTHS = (480, 960, 1600)
READABLE = ("PNG", "JPEG", "WEBP", "AVIF", "GIF")
MAX_PIXELS = {"JPEG": 50_000_000, "MPO": 50_000_000, "PNG": 24_000_000}
MAX_PIXELS_OF_OTHERS = 14_000_000
"""What fits into 300 MB of memory: JPEG can be unpacked at half its size, and others have to be held several times."""

HELD, SHOWN = 24_000_000, 6_000_000
"""Pixels that are worked on at most, and that a page shows at most: a picture that is very tall becomes narrower."""

MAX_SIDE = 16_000
"""Pixels; WebP ends at 16,383."""

ORIENTATION, LYING = 0x0112, (5, 6, 7, 8)
"""The EXIF tag that says how the camera was held, and its values that mean on its side."""

FEW_COLOURS = 1024
"""A picture with no more colours than these is a drawing: JPEG would smear its lines."""

SVG = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml|<!doctype svg|<!--|<svg)", re.IGNORECASE)

# Pillow only warns about files that unpack to between 89 and 179 megapixels.
warnings.simplefilter("error", Image.DecompressionBombWarning)


class Encoded(NamedTuple):
    """A picture as files: size and content of the fallback, and {width: {"avif": bytes, "webp": bytes}}."""

    size: tuple[int, int]
    ending: str
    fallback: bytes
    variants: dict[int, dict[str, bytes]]


def read_picture(data):
    """Return (picture, is_drawing): the upload upright, in sRGB, with pixels and nothing else.

    Raises ValidationError that says what the person can do about it.
    """
    if SVG.match(data[:1000]) and b"<svg" in data[:4000].lower():
        raise ValidationError(
            _("This is an SVG drawing. These can carry programs and are not accepted. Save it as PNG and try again."),
            code="svg",
        )
    try:
        Image.open(io.BytesIO(data), formats=READABLE).verify()
        image = Image.open(io.BytesIO(data), formats=READABLE)
        _check_bounds(image)
        factor = _surplus(image)
        image.draft(None, (image.width // factor, image.height // factor))
        image.load()
        return _plain(image)
    except ValidationError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_large() from None
    except Exception as error:  # Decoders raise whatever a damaged file makes them stumble upon.
        raise ValidationError(
            _("This file is not a picture that we can read. Save it as PNG or JPEG and try again."), code="unreadable"
        ) from error


def encode(image, is_drawing):
    """Encode a picture that `read_picture` returned, in every width up to its own; it is made smaller itself."""
    variants = {}
    widest = min(image.width, WIDTHS[-1], max(1, isqrt(SHOWN * image.width // image.height)))
    is_smaller = widest < image.width
    if is_smaller:
        # In its place, so that the large one takes no memory while it is encoded.
        image.thumbnail((widest, image.height), Image.Resampling.LANCZOS, reducing_gap=None)
    for width in sorted({width for width in WIDTHS if width < image.width} | {image.width}):
        scaled = image.resize(_size(image, width), Image.Resampling.LANCZOS) if width < image.width else image
        is_resized = is_smaller or scaled is not image
        variants[width] = {"avif": _avif(scaled, is_drawing), "webp": _webp(scaled, is_drawing, is_resized)}
    # The loop ends with the widest, which is the fallback too.
    if is_drawing or scaled.mode == "RGBA":
        return Encoded(scaled.size, "png", _png(scaled), variants)
    jpeg = _bytes(scaled, "JPEG", quality=84, optimize=True, progressive=True)
    return Encoded(scaled.size, "jpg", jpeg, variants)


def _check_bounds(image):
    most = MAX_PIXELS.get(image.format, MAX_PIXELS_OF_OTHERS)
    if image.info.get("progressive"):
        # All of it is held until the last byte has come.
        most = min(most, HELD)
    if image.width * image.height > most or max(image.size) > MAX_SIDE:
        raise _too_large(most)


def _too_large(most=MAX_PIXELS_OF_OTHERS):
    return ValidationError(
        _("This picture has too many pixels. Make it smaller: at most %(pixels)d megapixels, no side over %(side)d.")
        % {"pixels": most // 1_000_000, "side": MAX_SIDE},
        code="too_many_pixels",
    )


def _surplus(image):
    """Return by how much a picture can be made smaller at once: the widest on a page has half of what stays."""
    width, height = image.size
    if image.getexif().get(ORIENTATION) in LYING:
        width = height
    return max(1, width // (2 * WIDTHS[-1]), ceil(sqrt(image.width * image.height / HELD)))


def _plain(image):
    could_be_drawing = image.format not in ("JPEG", "MPO")
    if image.mode.startswith("I"):
        image = _in_eight_bits(image)
    elif image.mode in ("1", "P", "PA"):
        # Neighbouring pixels are to be mixed.
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    is_drawing = could_be_drawing and image.getcolors(FEW_COLOURS) is not None
    if (factor := _surplus(image)) > 1:
        image = image.reduce(factor)
    ImageOps.exif_transpose(image, in_place=True)
    image = _in_srgb(image)
    if image.mode == "RGBA" and image.getextrema()[3][0] == 255:
        image = image.convert("RGB")
    image.info.clear()
    return image, is_drawing


def _in_eight_bits(image):
    """Return a picture of sixteen bits of grey in eight, strip by strip, because each takes four bytes meanwhile."""
    grey = Image.new("L", image.size)
    for top in range(0, image.height, 256):
        strip = image.crop((0, top, image.width, min(top + 256, image.height)))
        grey.paste(strip.point(lambda value: value / 256).convert("L"), (0, top))
    grey.info = image.info
    return grey


def _in_srgb(image):
    mode = "RGBA" if image.has_transparency_data else "RGB"
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "RGBA", "CMYK"):
        # A broken profile shifts colours a little; refusing the picture for it would help nobody.
        with suppress(ImageCms.PyCMSError, OSError, ValueError):
            return ImageCms.profileToProfile(
                image, io.BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode=mode
            )
    return image.convert(mode)


def _size(image, width):
    return width, max(1, round(image.height * width / image.width))


def _avif(image, is_drawing):
    return _bytes(image, "AVIF", quality=60, speed=8, subsampling="4:4:4" if is_drawing else "4:2:0")


def _webp(image, is_drawing, is_resized):
    lossy = _bytes(image, "WEBP", quality=82)
    if is_resized or not is_drawing:
        return lossy
    return min(lossy, _bytes(image, "WEBP", lossless=True), key=len)


def _png(image):
    colours = image.mode == "RGB" and image.getcolors(256)
    return _bytes(image.quantize(len(colours)) if colours else image, "PNG", optimize=True)


def _bytes(image, format_, **options):
    buffer = io.BytesIO()
    image.save(buffer, format_, **options)
    return buffer.getvalue()
