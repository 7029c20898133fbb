"""Addresses with the name of the site in front, for whatever leaves it."""

from urllib.parse import urljoin

from django.conf import settings


def absolute(address):
    """Return an address of this site with SITE_URL in front; one that has a host already stays as it is."""
    return urljoin(settings.SITE_URL, address)
