"""Answers kept pages before Django is asked, as long as nothing can have changed what they show.

A view may declare that its page depends on the database and the clock alone (`page_cache.may_be_kept`). On SQLite one
`PRAGMA data_version` on a connection that writes nothing tells, in a few microseconds, whether any other connection
of any process has committed since a page was made. If one has, the page is made anew: what is public can thus never
be older than the last commit. PostgreSQL has no such number, so there Django answers every request.
"""

import sqlite3
import threading
import time
from dataclasses import dataclass, field

from monographs.page_cache import KEEP_UNTIL

MOST_PAGES = 500


@dataclass(frozen=True)
class Page:
    """A finished answer, shared by all threads of a worker."""

    headers: list[tuple[str, str]]
    body: bytes
    etag: str


@dataclass
class Thread:
    """What one thread knows: its connection, the last data_version, and the pages that were right at that version."""

    connection: sqlite3.Connection
    version: int = -1
    pages: dict[tuple, tuple[Page, float]] = field(default_factory=dict)


class FrontDoor:
    """A WSGI application around Django's; `database` is the path of the SQLite file."""

    def __init__(self, application, database):
        self.application = application
        self.database = database
        self._local = threading.local()
        self._shared = {}

    def __call__(self, environ, start_response):
        if environ["REQUEST_METHOD"] != "GET" or environ.get("QUERY_STRING"):
            return self.application(environ, start_response)
        # The version is read before the page is made: a commit in between makes the page look old, never new.
        thread = self._thread()
        key = _key(environ)
        page, until = thread.pages.get(key, (None, 0))
        if page and time.time() < until:
            return _answer(page, environ, start_response)
        return self._ask(environ, start_response, thread, key)

    def _thread(self):
        thread = getattr(self._local, "thread", None)
        if thread is None:
            thread = self._local.thread = Thread(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True))
        version = thread.connection.execute("PRAGMA data_version").fetchone()[0]
        if version != thread.version:
            thread.pages.clear()
            thread.version = version
        return thread

    def _ask(self, environ, start_response, thread, key):
        """Let Django answer, and keep the page if its view allows."""
        answer = []

        def listen(status, headers, exc_info=None):
            answer[:] = status, headers
            return start_response(status, headers, exc_info)

        response = self.application(environ, listen)
        until = environ.get(KEEP_UNTIL)
        if until is None or not answer[0].startswith("200"):
            return response
        body = b"".join(response)
        response.close()
        if len(thread.pages) >= MOST_PAGES:
            thread.pages.clear()
        thread.pages[key] = (self._share(Page(answer[1], body, dict(answer[1])["ETag"])), until)
        return [body]

    def _share(self, page):
        """Return the page that another thread keeps already, if it is the same one."""
        if len(self._shared) >= MOST_PAGES:
            self._shared.clear()
        kept = self._shared.setdefault(page.etag, page)
        return kept if (kept.headers, kept.body) == (page.headers, page.body) else page


def _key(environ):
    """Everything of a request that decides how Django answers a page that may be kept."""
    scheme = environ["wsgi.url_scheme"]
    if claimed := environ.get("HTTP_X_FORWARDED_PROTO"):
        # Whether it is believed depends on who says it (see portal.middleware).
        scheme = (scheme, claimed, environ.get("REMOTE_ADDR"))
    return environ["PATH_INFO"], environ.get("HTTP_HOST"), scheme


def _answer(page, environ, start_response):
    if environ.get("HTTP_IF_NONE_MATCH") == page.etag:
        headers = [header for header in page.headers if header[0].lower() not in ("content-length", "content-type")]
        start_response("304 Not Modified", headers)
        return []
    start_response("200 OK", list(page.headers))
    return [page.body]
