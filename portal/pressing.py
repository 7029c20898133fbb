"""Kept pages that many ask for are compressed once more, as small as can be, while nobody waits for it."""

import threading

import brotli

WORTH_IT = 10
"""After so many answers a page earns the tenth of a second and more that this takes."""

PRESSED = "pressed-br"
"""The name of such a body, which is another one than plain Brotli's and has a tag of its own."""

_at_work = threading.Lock()


def press(body):
    """Return a body in the smallest Brotli; other threads run meanwhile."""
    return brotli.compress(body, quality=11)


def soon(make):
    """Call `make()` in a thread of its own, unless another page has its turn."""
    if _at_work.acquire(blocking=False):
        threading.Thread(target=_work, args=(make,), daemon=True).start()


def _work(make):
    try:
        make()
    finally:
        _at_work.release()
