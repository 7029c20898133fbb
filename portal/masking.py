"""Takes out of a text what must not be written down: secrets of the settings, authors' links, e-mail addresses."""

import os
import re
from functools import cache
from html import escape
from json import dumps
from urllib.parse import unquote, urlsplit

MASK = "…"
SECRET_NAMES = re.compile(r"SECRET|TOKEN|PASSWORD|KEY")
LINKS = re.compile(r"(/(?:reviews/mine|sign-off)/)[^/\s?\"'<>]+")
"""Addresses that let whoever has them act: the token follows the group."""
ADDRESSES = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
SHORTEST = 6
"""Characters. To mask a shorter value would mask words, and it is no secret anyway."""


def masked(text):
    """Return the text without secrets, tokens and e-mail addresses."""
    for secret in _secrets():
        text = text.replace(secret, MASK)
    return ADDRESSES.sub(MASK, LINKS.sub(rf"\g<1>{MASK}", text))


@cache
def _secrets():
    """Return every secret that the settings were read from, longest first, in every way that it may be written."""
    found = set()
    for name, value in os.environ.items():
        if name.endswith("_URL"):
            found |= _passwords_of(value)
        elif SECRET_NAMES.search(name):
            found |= {value, *value.split(",")}
    secrets = {secret for secret in found if len(secret) >= SHORTEST}
    written = {form for secret in secrets for form in (secret, escape(secret), repr(secret)[1:-1], dumps(secret)[1:-1])}
    return sorted(written, key=len, reverse=True)


def _passwords_of(address):
    try:
        password = urlsplit(address).password or ""
    except ValueError:
        # An address that cannot be taken apart is a secret as a whole.
        return {address}
    return {password, unquote(password)}
