"""The secret of a device as people can take it over: a QR code to scan, or letters to type."""

from base64 import b32encode

import segno
from django.utils.safestring import mark_safe


def picture_of(device):
    """Return an SVG element with the QR code. It is made here, of numbers only, and needs no style or script."""
    return mark_safe(segno.make(device.config_url, error="m").svg_inline(border=4, light="#fff", omitsize=True))


def secret_of(device):
    """Return the secret in groups of four letters."""
    letters = b32encode(device.bin_key).decode().rstrip("=").lower()
    return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))
