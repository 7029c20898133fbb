"""Connections over which nothing goes any more are ended, and no others."""

import os
import socket
import sys

import pytest

from portal.stalled import Watch

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what went over a connection")

LEAST = 1000


def is_open(connection):
    """Whether the other side has not ended the connection."""
    connection.setblocking(False)
    try:
        return connection.recv(1) != b""
    except BlockingIOError:
        return True
    finally:
        connection.setblocking(True)


@pytest.fixture
def connect():
    """Makes connections to a server; each is (the visitor's end, the server's end)."""
    made = [socket.create_server(("127.0.0.1", 0))]

    def make():
        visitor = socket.create_connection(made[0].getsockname())
        made.extend((visitor, made[0].accept()[0]))
        return made[-2:]

    yield make
    for connection in made:
        connection.close()


def receive(connection, number):
    """Read so many bytes; they have come for certain then, and the kernel has counted them."""
    while number:
        number -= len(connection.recv(number))


def test_only_who_neither_sends_nor_is_sent_anything_is_cut_off(connect):
    silent, _server = connect()
    slow, slow_server = connect()
    quick, quick_server = connect()
    reader, reader_server = connect()
    watch = Watch(LEAST)
    watch.look()
    slow.sendall(b"x" * (LEAST - 1))
    receive(slow_server, LEAST - 1)
    quick.sendall(b"x" * LEAST)
    receive(quick_server, LEAST)
    reader_server.sendall(b"a slow reader's page")
    receive(reader, 20)
    assert [is_open(connection) for connection in (silent, slow, quick, reader)] == [True] * 4
    watch.look()
    assert [is_open(connection) for connection in (silent, slow, quick, reader)] == [False, False, True, True]


def test_a_new_connection_has_time(connect):
    watch = Watch(LEAST)
    watch.look()
    new, _server = connect()
    watch.look()
    assert is_open(new)
    watch.look()
    assert not is_open(new)


def test_connections_to_others_are_not_touched(connect):
    listening = socket.create_server(("127.0.0.1", 0))
    ours = socket.create_connection(listening.getsockname())
    theirs, _address = listening.accept()
    listening.close()  # so that the process listens nowhere that these two belong to, as with a database elsewhere
    watch = Watch(LEAST)
    for _ in range(3):
        watch.look()
    assert is_open(ours)
    assert is_open(theirs)
    ours.close()
    theirs.close()


def test_looking_leaves_nothing_open(connect):
    connect()
    watch = Watch(LEAST)
    watch.look()
    before = _open_files()
    watch.look()
    assert _open_files() == before


def _open_files():

    return len(os.listdir("/proc/self/fd"))
