"""A few places in the application, for the many threads of a worker.

Threads that wait for slow visitors, to send or to read, cost little; what would cost much if each of them had it is a
database connection. So a connection belongs to a place, and a thread takes a place only for as long as Django works.
"""

from contextlib import contextmanager
from queue import SimpleQueue

from django.db import connections

NUMBER = 4
"""Requests that a worker works on at once; the others wait for a moment."""


class Places:
    """A WSGI application that lets at most `number` requests at once into another one."""

    def __init__(self, application, number=NUMBER):
        self.application = application
        self._free = SimpleQueue()
        for _ in range(number):
            self._free.put({alias: _connection(alias) for alias in connections})

    def __call__(self, environ, start_response):
        with self.taken():
            response = self.application(environ, start_response)
            if isinstance(response, list) or getattr(response, "streaming", False):
                # Files are read without a database, at the pace of whoever gets them.
                return response
            body = b"".join(response)
            response.close()
            return [body]

    @contextmanager
    def taken(self):
        """Wait for a place; inside, Django's connections are those that belong to it."""
        place = self._free.get()
        # What the thread has of its own has never been opened, except where code outside the server calls this.
        usual = {alias: connections[alias] for alias in place}
        try:
            _set(place)
            yield
        finally:
            _set(usual)
            self._free.put(place)


def _set(wrappers):
    for alias, connection in wrappers.items():
        connections[alias] = connection


def _connection(alias):
    connection = connections.create_connection(alias)
    connection.inc_thread_sharing()
    return connection
