"""Waits for whole requests, so that slow visitors hold nothing that others need, and refuses what is too large.

The server hands a request over while its body is still coming. Here, before a database connection or one of the few
places in the application is taken (see portal.places), the body is read: small ones into memory, larger ones into a
file. Only for a large one, somebody's session is looked up before: staff alone may send it. What cannot be taken is
answered by Django, like every page: `refusals` is the middleware that does.
"""

import time
from contextlib import suppress
from http import HTTPStatus
from io import BytesIO
from tempfile import SpooledTemporaryFile
from threading import Lock

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DatabaseError
from django.http import JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import defaults

from portal.faults import accepts_pages, unavailable

LARGEST = 1_000_000
LARGEST_OF_STAFF = 100_000_000
"""Bytes of a body: readers send text, staff send several pictures at once."""

IN_MEMORY = 100_000
"""Bytes of a body; more are written to a file."""

MOST_WAITING = 200
"""Bodies that a worker waits for at once. Its threads are more than these."""

MOST_SPOOLED = 500_000_000
"""Bytes of unfinished bodies that a worker keeps in files."""

SECONDS = 30
BYTES_PER_SECOND = 20_000
"""A body may take SECONDS, and longer as long as it comes at this rate."""

MOST_READ = 2 * LARGEST_OF_STAFF
MOST_SECONDS = 120
"""What is not taken is read that far and that long and thrown away: browsers read no answer before they sent all."""

PIECE = 4096
REFUSED = "portal.refused"


class Patience:
    """A WSGI application around another one, which gets each request with its whole body.

    `is_from_staff(environ)` says whether the body may be as large as LARGEST_OF_STAFF.
    """

    def __init__(self, application, *, is_from_staff):
        self.application = application
        self.is_from_staff = is_from_staff
        self._lock = Lock()
        self._sizes = {}  # of each body that is waited for: its bytes in a file

    def __call__(self, environ, start_response):
        if environ.get("CONTENT_LENGTH", "0") == "0" and "HTTP_TRANSFER_ENCODING" not in environ:
            return self.application(environ, start_response)
        body = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  (closing it may fail)
        try:
            refused = environ[REFUSED] = self._receive(environ, body)
            whole = BytesIO() if refused else body
            # Django reads as many bytes as are announced; a body in chunks announces none.
            environ["CONTENT_LENGTH"] = str(whole.tell())
            environ.pop("HTTP_TRANSFER_ENCODING", None)
            whole.seek(0)
            environ["wsgi.input"] = whole
            return self.application(environ, start_response)
        finally:
            with suppress(OSError):  # a full disk has no room for the last bytes either
                body.close()

    def _receive(self, environ, body):
        """Read the body; return the status with which to refuse it, or None."""
        announced = environ.get("CONTENT_LENGTH", "")
        size = int(announced) if announced.isdecimal() else None
        with self._lock:
            if len(self._sizes) >= MOST_WAITING:
                return HTTPStatus.SERVICE_UNAVAILABLE
            self._sizes[id(body)] = 0
        try:
            return self._read(environ, body, size)
        except (OSError, DatabaseError):
            # The disk is full, or nobody can say who sends this.
            return HTTPStatus.SERVICE_UNAVAILABLE
        finally:
            with self._lock:
                del self._sizes[id(body)]

    def _read(self, environ, body, size):
        largest, refusal = self._limit(environ, size)
        is_too_large = size is not None and size > largest
        if is_too_large and "HTTP_EXPECT" in environ:
            return refusal
        read, source, began = 0, environ["wsgi.input"], time.monotonic()
        while piece := source.read(PIECE if size is None else min(PIECE, size - read)):
            read += len(piece)
            seconds = time.monotonic() - began
            is_too_large = is_too_large or read > largest
            if is_too_large and (read > MOST_READ or seconds > MOST_SECONDS):
                break
            if seconds > SECONDS + read / BYTES_PER_SECOND:
                return HTTPStatus.REQUEST_TIMEOUT
            if not is_too_large and not self._keep(body, piece):
                return HTTPStatus.SERVICE_UNAVAILABLE
        if is_too_large:
            return refusal
        # Who left half-way is not waiting for an answer, and half a form is not to be taken for a whole one.
        return HTTPStatus.BAD_REQUEST if size is not None and read < size else None

    def _limit(self, environ, size):
        """Return (how many bytes a body may have, the status with which more are refused)."""
        is_large = size is None or size > LARGEST
        if not is_large or not environ.get("PATH_INFO", "").startswith(f"/{settings.ADMIN_PATH}/"):
            return LARGEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        if self.is_from_staff(environ):
            return LARGEST_OF_STAFF, HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        return LARGEST, HTTPStatus.FORBIDDEN

    def _keep(self, body, piece):
        """Add a piece; return whether there was room."""
        body.write(piece)
        with self._lock:
            self._sizes[id(body)] = body.tell() if body.tell() > IN_MEMORY else 0
            return sum(self._sizes.values()) <= MOST_SPOOLED


def refusals(get_response):
    """Say calmly why a body was not taken."""

    def middleware(request):
        status = request.META.get(REFUSED)
        return refused(request, status) if status else get_response(request)

    return middleware


def bad_request(request, exception):
    """Answer what Django itself does not take: Django calls it."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return refused(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return defaults.bad_request(request, exception)


def refused(request, status):
    """Answer a request whose body was not taken, as a page or for a program as JSON."""
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        return unavailable(request)
    reasons = {
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: _("This is more than can be sent at once. Send less, or smaller files."),
        HTTPStatus.FORBIDDEN: _(
            "You are not logged in any more. Log in in another tab, then come back and send it again."
        ),
        HTTPStatus.REQUEST_TIMEOUT: _("What you sent took too long to arrive. Try again with a better connection."),
        HTTPStatus.BAD_REQUEST: _("What you sent arrived only in part. Try again."),
    }
    if accepts_pages(request):
        response = render(request, "refused.html", {"reason": reasons[status]}, status=status)
    else:
        response = JsonResponse({"message": reasons[status]}, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
