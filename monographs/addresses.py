"""Addresses: those with the name of the site in them, for whatever leaves it, and those that a page has dozens of."""

import re
from functools import cache
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.urls import get_script_prefix, reverse

STAND_INS = ["190010101", "190010102"]
"""Stand in an address for its numbers and slugs."""


def absolute(address):
    """Return an address of this site with SITE_URL in front; one that has a host already stays as it is."""
    return urljoin(settings.SITE_URL, address)


def tag_uri(time, name):
    """Return an identifier that stays when addresses change, as in RFC 4151: the site's name on a day, and a name."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{time:%Y-%m-%d}:{name}"


def address_of(name, *values):
    """Return what `reverse(name, args=values)` does for numbers and slugs, in a tenth of the time: it is asked once."""
    pieces = _around(name, len(values), get_script_prefix())
    return "".join(f"{piece}{value}" for piece, value in zip(pieces, [*values, ""], strict=True))


@cache
def _around(name, count, _script_prefix):
    """Return the pieces of an address between so many values."""
    return re.split("|".join(STAND_INS), reverse(name, args=STAND_INS[:count]))
