"""The finished pages that a worker keeps, as many as fit into so many bytes."""

from collections import OrderedDict
from threading import Lock

MOST_BYTES = 25_000_000
"""Bytes of all pages in all their encodings: some 300 long pages in each of them."""


class PageStore:
    """Pages by key. When there is no room, the oldest goes that nobody asked for since it last had its turn."""

    def __init__(self):
        self._pages = OrderedDict()
        self._sizes = {}  # of each page that is kept, when it was last looked at
        self._size = 0
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
            if key in self._pages:
                self._let_go(key)
            if page.size <= MOST_BYTES:
                self._make_room(page.size)
                self._pages[key] = page
                self._look_at(page)

    def look_again(self, page):
        """Let others go when this page has grown and leaves too little room, or it itself."""
        with self._lock:
            if page in self._sizes:
                self._look_at(page)
                self._make_room(0)

    def _look_at(self, page):
        self._size += page.size - self._sizes.get(page, 0)
        self._sizes[page] = page.size

    def _let_go(self, key):
        self._size -= self._sizes.pop(self._pages.pop(key))

    def _make_room(self, size):
        while self._size + size > MOST_BYTES:
            key, page = next(iter(self._pages.items()))
            if page.is_wanted:
                page.is_wanted = False
                self._pages.move_to_end(key)
            else:
                self._let_go(key)
