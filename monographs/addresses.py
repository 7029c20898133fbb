"""Addresses and identifiers with the name of the site in them, for whatever leaves it."""

from urllib.parse import urljoin, urlsplit

from django.conf import settings


def absolute(address):
    """Return an address of this site with SITE_URL in front; one that has a host already stays as it is."""
    return urljoin(settings.SITE_URL, address)


def tag_uri(time, name):
    """Return an identifier that stays when addresses change, as in RFC 4151: the site's name on a day, and a name."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{time:%Y-%m-%d}:{name}"
