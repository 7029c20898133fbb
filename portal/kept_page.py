"""A finished page that a worker keeps, put together once for each encoding in which it is asked for."""

from dataclasses import dataclass
from functools import partial

from portal.encodings import choose, encode
from portal.pressing import PRESSED, WORTH_IT, press, soon
from portal.request_log import HEADER as REQUEST_ID

REPLACED = frozenset(["Content-Length", "ETag", "Vary"])
"""Headers of Django's answer that depend on the encoding."""

OF_ONE_REQUEST = frozenset([REQUEST_ID])

HEADERS = 4_000
"""Bytes that the headers of one encoding take at most."""


@dataclass(frozen=True)
class Encoded:
    """A page in one encoding, ready to be sent."""

    headers: list[tuple[str, str]]
    body: list[bytes]
    headers_unchanged: list[tuple[str, str]]
    """Those of a 304."""


class Page:
    """A finished answer, shared by all threads of a worker; `encoded` grows by the encodings that are asked for.

    `when_grown(page)` is called after that.
    """

    def __init__(self, keep, headers, body, when_grown):
        self.keep = keep
        self.when_grown = when_grown
        self.is_wanted = False
        self.etag = keep.key
        self.asked = 0
        self.headers = [pair for pair in headers if pair[0] not in REPLACED | OF_ONE_REQUEST]
        self.body = body
        self.encoded = {}

    @property
    def size(self):
        """About how many bytes of memory this takes."""
        bodies = [encoded.body[0] for encoded in list(self.encoded.values())]
        return len(self.body) + sum(HEADERS + len(body) for body in bodies if body is not self.body)

    def answer(self, environ, start_response):
        """Answer a request as WSGI does: 200 with the body in an encoding that is accepted, or 304."""
        name = choose(environ.get("HTTP_ACCEPT_ENCODING", ""))
        if name == "br":
            name = self._smallest()
        answer = self.encoded.get(name) or self._make(name)
        # Whoever has the page in any encoding has what it shows.
        if self.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
            start_response("304 Not Modified", answer.headers_unchanged)
            return []
        start_response("200 OK", answer.headers)
        return answer.body

    def _make(self, name):
        """Make and keep the answer with this name, so that no answer has to put it together again."""
        body = press(self.body) if name == PRESSED else encode(self.body, name)
        tag = ("ETag", f'"{self.etag}-{name}"' if name else f'"{self.etag}"')
        headers = [*self.headers, tag, ("Vary", "Accept-Encoding")]
        encoding = [("Content-Encoding", "br" if name == PRESSED else name)] if name else []
        answer = self.encoded[name] = Encoded(
            headers=[*headers, *encoding, ("Content-Length", str(len(body)))],
            body=[body],
            headers_unchanged=[pair for pair in headers if pair[0] != "Content-Type"],
        )
        self.when_grown(self)
        return answer

    def _smallest(self):
        """Return the name of the smallest Brotli body that there is; see to a smaller one for a page in demand."""
        if PRESSED in self.encoded:
            return PRESSED
        # Not exact when threads meet, and it need not be.
        self.asked += 1
        if self.asked >= WORTH_IT:
            soon(partial(self._make, PRESSED))
        return "br"
