"""The finished pages that a worker keeps, as many as fit into so many bytes."""

from collections import OrderedDict
from threading import Lock

MOST_BYTES = 25_000_000
"""Bytes of all pages in all their encodings: some 300 long pages in each of them."""


class PageStore:
    """Pages by key. When there is no room, the oldest goes that nobody asked for since it last had its turn."""

    def __init__(self):
        self._pages = OrderedDict()
        self._lock = Lock()

    def get(self, key):
        """Return the page with this key, which thereby is wanted, or None."""
        page = self._pages.get(key)
        if page is not None:
            page.is_wanted = True
        return page

    def put(self, key, page):
        """Keep a page instead of the one with this key, if there is one. Pages that cannot fit are not kept."""
        with self._lock:
            self._pages.pop(key, None)
            if page.size <= MOST_BYTES:
                self._fit(MOST_BYTES - page.size)
                self._pages[key] = page

    def fit(self):
        """Let pages go until the others fit; to be called when a page has grown."""
        with self._lock:
            self._fit(MOST_BYTES)

    def _fit(self, room):
        size = sum(page.size for page in self._pages.values())
        while size > room:
            key, page = next(iter(self._pages.items()))
            if page.is_wanted:
                page.is_wanted = False
                self._pages.move_to_end(key)
            else:
                del self._pages[key]
                size -= page.size
