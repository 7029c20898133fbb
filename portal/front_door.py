"""Answers kept pages before Django is asked, as long as they show what is public now, and compresses public answers.

A view may declare that its page shows what follows from its address, the database and the clock alone. Then the page
is sent as it is while it was found right since the last commit of anybody (`portal.commits`). After a commit it is made
again; or, where the view can tell by a stamp what it would show (`page_cache.may_be_kept`), only if that differs. So
what is public can never be older than the last commit.
"""

import hashlib
import re
import time
from contextlib import nullcontext
from itertools import count

from django.db import DatabaseError, connection
from django.utils import timezone

from monographs.page_cache import KEEP, UNTIL_COMMIT, Keep
from monographs.public_pages import next_change
from portal.commits import GONE
from portal.encodings import choose, encode
from portal.kept_page import REPLACED, Page
from portal.page_store import PageStore

MOST_NOTED = 5_000
LONGEST = 300
"""Characters of a host, or of a query, under which a page is kept."""

STEP = 50
"""Answers from kept pages that are counted together."""


class FrontDoor:
    """A WSGI application around Django's; `commits` tells what is known since the last commit (see portal.commits).

    `count_kept` is told from time to time how many more answers came from kept pages; with `place()` Django's
    connection may be used.
    """

    def __init__(self, application, commits, *, count_kept=lambda number: None, place=nullcontext):
        self.application = application
        self.commits = commits
        self.place = place
        self.count_kept = count_kept
        self._answers = count(1)
        self._pages = PageStore()

    def __call__(self, environ, start_response):
        if environ["REQUEST_METHOD"] != "GET":
            return self.application(environ, start_response)
        # This is asked before the page is looked at: a commit in between makes it look old, never new.
        try:
            known = self.commits.known()
        except GONE:
            # Django says calmly that the database is gone.
            return self._ask(environ, start_response)
        key = _key(environ)
        page = self._pages.get(key)
        if page is None or time.time() >= page.keep.until:
            return self._ask(environ, start_response, known, key)
        if known.get(key) != page.etag:
            if not self._is_right(page):
                return self._ask(environ, start_response, known, key)
            _note(known, key, page)
        # Step by step: the shared count costs more than the answer.
        if not next(self._answers) % STEP:
            self.count_kept(STEP)
        return page.answer(environ, start_response)

    def _ask(self, environ, start_response, known=None, key=None):
        """Let Django answer, compress what is public, and keep the page if its view allows."""
        began = timezone.now()
        status, headers, response = self._from_django(environ)
        keep = environ.get(KEEP) if key else None
        if keep and status.startswith("304"):
            # There is no body to keep, so Django is asked as if nobody had one.
            _read(response)
            tags = environ.pop("HTTP_IF_NONE_MATCH")
            status, headers, response = self._from_django(environ)
            environ["HTTP_IF_NONE_MATCH"] = tags
            keep = environ.get(KEEP)
        if keep and status.startswith("200"):
            body = _read(response)
            if keep == UNTIL_COMMIT:
                keep = Keep(_digest(body), self._until(known, began))
            page = self._keep(key, Page(keep, headers, body, self._pages.look_again))
            _note(known, key, page)
            return page.answer(environ, start_response)
        encoding = choose(environ.get("HTTP_ACCEPT_ENCODING", "")) if _may_be_compressed(status, headers) else ""
        if not encoding:
            start_response(status, headers)
            return response
        body = encode(_read(response), encoding)
        tags = [("ETag", _weak(value)) for name, value in headers if name == "ETag"]
        headers = [*(pair for pair in headers if pair[0] not in REPLACED), *tags]
        headers += [("Content-Encoding", encoding), ("Vary", "Accept-Encoding"), ("Content-Length", str(len(body)))]
        start_response(status, headers)
        return [body]

    def _keep(self, key, page):
        """Keep a page under its key and return it; the one before, in all its encodings, if it is still the same."""
        before = self._pages.get(key)
        if before is not None and before.etag == page.etag:
            before.keep = page.keep
            return before
        self._pages.put(key, page)
        return page

    def _until(self, known, began):
        """Return until when pages that Django began to make at a time hold, if nobody commits, in seconds since 1970.

        One look at the database serves all pages that are made between two commits.
        """
        until = known.get(UNTIL_COMMIT)
        if until is None or until <= began:
            until = self._look(lambda: next_change(began))
            if until is None:
                return 0
            known[UNTIL_COMMIT] = until
        return until.timestamp()

    def _is_right(self, page):
        """Whether a page that was kept before shows what it would show if it were made now."""
        return page.keep.key_now is not None and self._look(page.keep.key_now) == page.keep.key

    def _look(self, question):
        """Return the database's answer, or None when it does not answer: Django says what is wrong."""
        with self.place():
            try:
                return question()
            except DatabaseError:
                # A connection that broke is opened again.
                connection.close()
                return None

    def _from_django(self, environ):
        """Return status, headers and body of Django's answer."""
        answer = []
        response = self.application(environ, lambda status, headers, exc_info=None: answer.extend((status, headers)))
        return *answer, response


COMPRESSIBLE = re.compile(r"text/|application/([\w.-]+\+)?(json|xml)\b")


def _digest(body):
    return f"page-{hashlib.sha256(body).hexdigest()[:32]}"


def _note(known, key, page):
    """Note that this page is what is right under a key."""
    if len(known) >= MOST_NOTED:
        known.clear()
    known[key] = page.etag


def _key(environ):
    """Everything of a request that decides how Django answers a page that may be kept; None when that is too long."""
    host, query, scheme = environ.get("HTTP_HOST", ""), environ.get("QUERY_STRING", ""), environ["wsgi.url_scheme"]
    if len(host) > LONGEST or len(query) > LONGEST:
        return None
    claimed = environ.get("HTTP_X_FORWARDED_PROTO")
    if claimed in ("http", "https"):
        # Whether it is believed depends on who says it (see portal.middleware).
        scheme = (scheme, claimed, environ.get("REMOTE_ADDR"))
    return environ["PATH_INFO"], query, host, scheme


def _may_be_compressed(status, headers):
    """Whether an answer is public text: nothing that a stranger puts into it can then lead to a secret beside it."""
    fields = dict(headers)
    return (
        status.startswith("200")
        and "public" in fields.get("Cache-Control", "")
        and "Content-Encoding" not in fields
        and COMPRESSIBLE.match(fields.get("Content-Type", "")) is not None
    )


def _weak(etag):
    """Return a tag that is the same for an answer in every encoding; a strong one belongs to one of them."""
    return etag if etag.startswith("W/") else f"W/{etag}"


def _read(response):
    body = b"".join(response)
    if hasattr(response, "close"):
        response.close()
    return body
