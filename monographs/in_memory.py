"""Keeps what is laborious to make in the memory of a process, under keys of all that it depends on.

Nothing expires and nothing is purged: who asks has read the present values, and only those lead to what was made of
them. What nobody asks for any more goes when there is too much.
"""

import hashlib
from collections import OrderedDict
from threading import Lock

stores = []


class InMemory:
    """Things with a size, for all threads of a process, up to `most_bytes` together."""

    def __init__(self, most_bytes):
        self.most_bytes = most_bytes
        self._things = OrderedDict()
        self._size = 0
        self._lock = Lock()
        stores.append(self)

    def get(self, key):
        """Return what is kept under this key, or None."""
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
            return self._things.get(key)

    def keep(self, key, thing):
        """Keep a thing, and let go of those that nobody has asked for longest where there are too many bytes."""
        with self._lock:
            if key not in self._things:
                self._things[key] = thing
                self._size += len(thing)
            while self._size > self.most_bytes:
                _key, oldest = self._things.popitem(last=False)
                self._size -= len(oldest)

    def clear(self):
        """Let go of everything."""
        with self._lock:
            self._things.clear()
            self._size = 0


def key_of(*values):
    """Return a short key of values whose `repr` says all about them."""
    return hashlib.sha256(repr(values).encode("utf-8", "surrogatepass")).hexdigest()[:32]
