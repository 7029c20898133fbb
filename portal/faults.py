"""What readers see when a part that the site needs is gone for a while: the database, the disk, the storage.

Nothing has to be done by hand afterwards: the next request finds the part back. What somebody had typed is on the page
and is sent again with one button.
"""

import errno
import os
import sys

from django.db import DatabaseError, InterfaceError, connections
from django.http import HttpResponseServerError, JsonResponse, UnreadablePostError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from portal.logs import request_id

RETRY_AFTER = 30
"""Seconds."""

SQLITE = ("BUSY", "LOCKED", "FULL", "IOERR", "READONLY", "CANTOPEN", "PROTOCOL")
"""Beginnings of SQLite's error names, after SQLITE_, that are no fault of a query."""

POSTGRESQL = ("08", "25006", "40", "53", "55P03", "57", "58")
"""Beginnings of SQL states: connection, read-only, conflict, resources, locks, shutdown, system."""

DISK = {errno.ENOSPC, errno.EROFS, errno.EDQUOT, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOTCONN, errno.ESTALE}
SECRET_FIELDS = ("password", "code")
"""Fields with these in their names never come back in a page."""

MANY_WORDS = 5
"""A value of more words is text that somebody may want to copy, so it is shown."""


def error_page(request):
    """Answer a request that failed: 503 when trying again later helps, else 500. Django calls it while it handles."""
    if is_temporary(sys.exc_info()[1]):
        _let_sqlite_write_again()
        return unavailable(request)
    # Without the request: whatever the page asked of it might fail again.
    return HttpResponseServerError(render_to_string("500.html", {"reference": request_id.get()}))


def _let_sqlite_write_again():
    """Close a connection that was opened while its file could not be written to: to SQLite it stays read-only."""
    for connection in connections.all(initialized_only=True):
        is_idle_sqlite = connection.vendor == "sqlite" and not connection.in_atomic_block
        if is_idle_sqlite and os.access(connection.settings_dict["NAME"], os.W_OK):
            connection.close()


def is_temporary(error):
    """Whether an error, or the one that it follows from, says that a part of the site is gone for a while."""
    while error is not None:
        if isinstance(error, DatabaseError | InterfaceError) and _database_is_gone(error.__cause__):
            return True
        if isinstance(error, OSError) and error.errno in DISK:
            return True
        error = error.__cause__
    return False


def _database_is_gone(error):
    if name := getattr(error, "sqlite_errorname", None):
        return name.removeprefix("SQLITE_").startswith(SQLITE)
    if state := getattr(error, "sqlstate", None):
        return state.startswith(POSTGRESQL)
    # psycopg knows no state when it has no connection.
    return type(error).__name__ in ("OperationalError", "InterfaceError", "ConnectionTimeout")


def unavailable(request):
    """A calm page that asks nothing of the database, with everything that was typed and a button to send it again."""
    if not accepts_pages(request):
        response = JsonResponse({"message": _("This cannot be done at the moment. Try again in a minute.")}, status=503)
    else:
        has_files = bool(getattr(request, "_files", None))
        context = {"typed": _typed(request), "has_files": has_files, "reference": request_id.get()}
        response = render(request, "503.html", context, status=503)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    response.headers["Cache-Control"] = "no-store"
    return response


def accepts_pages(request):
    """Whether a person is likely to read the answer, and not a program."""
    return "text/html" in request.headers.get("Accept", "text/html")


def _typed(request):
    """Return [(name, value, is text)] of a form, or nothing where it cannot be read or holds a secret."""
    if request.method != "POST":
        return []
    try:
        pairs = [(name, value) for name, values in request.POST.lists() for value in values]
    except (UnreadablePostError, ValueError, OSError):
        return []
    if any(word in name for name, _value in pairs for word in SECRET_FIELDS):
        return []
    return [(name, value, len(value.split()) > MANY_WORDS) for name, value in pairs]
