"""Serves uploaded pictures: only names that the site itself gives, and never as a page."""

import re

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from monographs.models import Picture
from portal.faults import unavailable

NAME = re.compile(
    r"(?P<stem>pictures/[0-9a-f]{16})(?:\.(?P<fallback>png|jpg)|-[1-9]\d{0,3}\.(?P<variant>avif|webp))", re.ASCII
)
# Python 3.11 does not know all of them by itself.
TYPES = {"png": "image/png", "jpg": "image/jpeg", "avif": "image/avif", "webp": "image/webp"}
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    # A name is the digest of what lies there, so that it never changes.
    "Cache-Control": "public, max-age=31536000, immutable",
}


@require_safe
def media(request, path):
    """One picture below MEDIA_URL; 404 for every other name."""
    match = NAME.fullmatch(path)
    if not match:
        raise Http404
    try:
        file = default_storage.open(path)
    except (FileNotFoundError, NotADirectoryError):
        if Picture.objects.filter(file__in=[f"{match['stem']}.{ending}" for ending in ("png", "jpg")]).exists():
            # The storage is gone, not the picture: nobody is to remember that there is none.
            return unavailable(request)
        raise Http404 from None
    return FileResponse(file, content_type=TYPES[match["fallback"] or match["variant"]], headers=HEADERS)
