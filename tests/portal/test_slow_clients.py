"""Visitors who stop half-way hold nobody up."""

import re
import socket
import time

import pytest

from tests.factories_reviews import ANSWERS
from tests.going_on import PATIENCE
from tests.killing import FORM, OLD_ENOUGH, Person
from tests.serving import Server

pytestmark = pytest.mark.sqlite

STALLED = 200
SHORT = 1_000
HALF_A_HEAD = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
HALF_A_BODY = (
    f"POST {FORM} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    f"Content-Length: {SHORT}\r\nConnection: close\r\nExpect: 100-continue\r\n\r\n"
).encode()


class Visitor(Person):
    """Somebody whose every request is answered; a lost one fails the test."""

    answers = 0

    def __init__(self, server):
        super().__init__(self)
        self.server = server

    def ask(self, method, path, **data):
        answer = super().ask(method, path, **data)
        assert answer, f"{method} {path} was not answered"
        return answer


@pytest.fixture
def server(tmp_path, ready_site):
    # Whoever asks again and again for some seconds is answered more often than the API's limit.
    server = Server(tmp_path / "data", API_PER_MINUTE="1000000")
    server.copy(ready_site)
    server.restart()
    yield server
    server.kill()


@pytest.fixture
def stalled(server):
    """Connections that have sent half a head or half a body, and that the server listens to."""
    connections = [socket.create_connection(("127.0.0.1", server.port), PATIENCE) for _ in range(STALLED)]
    heads, bodies = connections[::2], connections[1::2]
    for connection in heads:
        connection.sendall(HALF_A_HEAD)
    for connection in bodies:
        connection.sendall(HALF_A_BODY)
    for connection in bodies:
        # The server says this when somebody begins to read the body.
        assert connection.recv(100).startswith(b"HTTP/1.1 100 Continue")
        connection.sendall(b"title=" + b"x" * 300)
    yield bodies
    for connection in connections:
        connection.close()


def test_200_stalled_connections_hold_up_no_reader_and_no_writer(server, stalled):
    visitor = Visitor(server)
    status, _location, form = visitor.ask("GET", FORM)
    opened = re.search(r'name="opened" value="([^"]+)"', form)[1]
    until = time.monotonic() + OLD_ENOUGH
    while time.monotonic() < until:
        for path in (
            "/",
            "/monographs/ketamine/",
            "/search/?q=ket",
            "/reviews/policy/",
            "/api/v1/monographs",
            "/readyz",
        ):
            assert visitor.ask("GET", path)[0] == 200
    status, location, _text = visitor.ask("POST", FORM, **ANSWERS, opened=opened)
    assert status == 303
    assert ANSWERS["title"] in visitor.ask("GET", location)[2]
    # Who goes on is answered too.
    slow = stalled[0]
    slow.sendall(b"x" * (SHORT - 306))
    answer = b"".join(iter(lambda: slow.recv(65536), b"")).decode()
    assert answer.startswith("HTTP/1.1 200")
    assert "x" * 100 in answer


def test_what_is_too_large_is_answered_and_not_cut_off(server):
    status, _location, text = Visitor(server).ask("POST", FORM, **{**ANSWERS, "body": "word " * 2_000_000})
    assert status == 413
    assert "more than can be sent at once" in text
