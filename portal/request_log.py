"""Gives every request an id, and writes one line about it where the log is kept at that level."""

import logging
import re
import time
from uuid import uuid4

from portal.logs import request_id
from portal.middleware import is_trusted

HEADER = "X-Request-ID"
ID = re.compile(r"[A-Za-z0-9_.-]{8,64}", re.ASCII)

logger = logging.getLogger("portal.requests")


def log_requests(get_response):
    """Take the id of a trusted proxy or make one, send it back, and log method, path, status and time.

    A page that the server keeps loses the id (portal.kept_page): it answers later requests too. Neither addresses nor
    browsers are logged, and of the path nothing that would let its reader act (see portal.masking).
    """

    def middleware(request):
        # It stands until the next request of this thread: Django logs a missing page after all middleware.
        request_id.set(_id_of(request))
        started = time.perf_counter()
        response = get_response(request)
        response.headers[HEADER] = request_id.get()
        if logger.isEnabledFor(logging.INFO):
            _log(request, response, time.perf_counter() - started)
        return response

    return middleware


def _id_of(request):
    given = request.headers.get(HEADER, "")
    if ID.fullmatch(given) and is_trusted(request.META.get("REMOTE_ADDR", "")):
        return given
    return uuid4().hex


def _log(request, response, seconds):
    fields = {
        "method": request.method,
        "path": request.path,
        "status": response.status_code,
        "milliseconds": round(seconds * 1000, 1),
    }
    logger.info("%(method)s %(path)s %(status)d %(milliseconds)s ms", fields, extra={"fields": fields})
