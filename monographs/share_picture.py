"""The picture that messengers and social networks show beside a link: title, date, and any lead picture.

Words stand in it only in letters that the font has, so that no title turns into empty boxes.
"""

import io
from contextlib import suppress
from functools import lru_cache
from importlib.resources import files
from unicodedata import normalize

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont, UnidentifiedImageError

from monographs.one_line import one_line

WIDTH, HEIGHT = 1200, 630
MARGIN = 72
FIGURE = 440
PAPER, CARD, LINE, BRAND, INK, SOFT = "#faf9f5", "#ffffff", "#dfdcd2", "#0a5c5a", "#18222d", "#515c69"
TITLE_SIZES = range(104, 48, -8)
FONTS = files("font_source_sans_pro") / "files"


def share_picture(edition):
    """Return the PNG of an edition, 1200 by 630 pixels."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 20, HEIGHT), fill=BRAND)
    width = WIDTH - 2 * MARGIN
    if figure := _figure(edition.picture):
        left, top = WIDTH - MARGIN - FIGURE, (HEIGHT - FIGURE) // 2
        place = (left, top, left + FIGURE, top + FIGURE)
        draw.rounded_rectangle(place, radius=16, fill=CARD, outline=LINE, width=2)
        image.paste(figure, (left + (FIGURE - figure.width) // 2, top + (FIGURE - figure.height) // 2))
        width -= FIGURE + 48
    _write(draw, edition, width)
    content = io.BytesIO()
    image.save(content, "PNG")
    return content.getvalue()


def _figure(picture):
    """Return the lead picture on white and in its place’s size, or None without one that can be read."""
    if picture:
        with (
            suppress(OSError, UnidentifiedImageError, Image.DecompressionBombError),
            default_storage.open(picture["path"]) as file,
            Image.open(file, formats=("PNG", "JPEG")) as found,
        ):
            found.thumbnail((FIGURE - 40, FIGURE - 40), Image.Resampling.LANCZOS)
            figure = Image.new("RGB", found.size, CARD)
            layer = found.convert("RGBA")
            figure.paste(layer, mask=layer)
            return figure
    return None


def _write(draw, edition, width):
    """Write from above: site, title, subtitle; and at the foot, which edition it is."""
    site = one_line(settings.SITE_NAME)
    if _can_be_drawn(site):
        _line(draw, MARGIN, site, _font("Semibold", 34), BRAND, width)
    names = map(one_line, (edition.title, *edition.other_names))
    y = 150
    if title := next(filter(_can_be_drawn, names), ""):
        font, lines = _fitting(title, width)
        for line in lines:
            _line(draw, y, line, font, INK, width)
            y += round(font.size * 1.12)
    subtitle = one_line(edition.subtitle)
    if _can_be_drawn(subtitle):
        font = _font("Regular", 38)
        for line in _at_most(2, _wrapped(subtitle, font, width)):
            _line(draw, y + 16, line, font, SOFT, width)
            y += 48
    date = date_format(timezone.localtime(edition.public_from))
    foot = _("Edition %(number)d, %(date)s") % {"number": edition.number, "date": date}
    if _can_be_drawn(foot):
        _line(draw, HEIGHT - MARGIN - 34, foot, _font("Regular", 34), SOFT, width)


@lru_cache
def _font(weight, size):
    return ImageFont.truetype(str(FONTS / f"SourceSansPro-{weight}.ttf"), size)


@lru_cache(4096)
def _shape(character):
    font = _font("Regular", 40)
    return bytes(font.getmask(character)), font.getlength(character)


def _can_be_drawn(text):
    """Whether there are words, and the font has a shape of its own for each of their letters."""
    missing = _shape("\uffff")
    return bool(text) and all(_shape(character) != missing for character in normalize("NFC", text))


def _fitting(title, width):
    """Return the greatest font in which a title has at most three lines, and these lines."""
    for size in TITLE_SIZES:
        font = _font("Semibold", size)
        lines = _wrapped(title, font, width)
        if len(lines) <= 3 and all(font.getlength(line) <= width for line in lines):
            return font, lines
    return font, _at_most(3, lines)


def _at_most(count, lines):
    """Return so many lines; the last has all that is left, and will be cut."""
    return lines if len(lines) <= count else [*lines[: count - 1], " ".join(lines[count - 1 :])]


def _wrapped(text, font, width):
    """Divide a text at its spaces into lines that fit; a single word that does not is a line by itself."""
    lines = []
    for word in normalize("NFC", text).split():
        if lines and font.getlength(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _line(draw, y, text, font, colour, width):
    """Write one line, cut with an ellipsis where it does not fit."""
    text = normalize("NFC", text)
    if font.getlength(text) > width:
        while text and font.getlength(f"{text}…") > width:
            text = text[:-1]
        text = f"{text.rstrip()}…"
    draw.text((MARGIN, y), text, font=font, fill=colour)
