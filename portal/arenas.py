"""Keeps what a worker allocates in one place, what is large out of it, and gives back what is free.

The C library of most Linux systems gives threads arenas of their own, up to eight for each core, and what is free in
one serves no thread of another. A worker has many threads and any of them makes any page, so that in time each arena
holds room for the largest. Python lets one thread work at a time: one arena costs no speed.

What is large gets pages of its own, which go back to the system with it. But each large piece that is freed raises what
counts as large, up to 32 MB: then room for pictures and for compressing lies among small things that stay. So what is
large is said once. Still holes come to be between things that stay, more each hour; they are given back.
"""

import ctypes
import threading
import time

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
"""From malloc.h of the GNU C library."""

LARGE = 8 * 1024
"""Bytes from which a piece gets pages of its own, such as a finished page of the site."""

SPARE = 1024 * 1024
"""Bytes that stay at hand when what was allocated last is freed."""

INTERVAL = 60
"""Seconds until holes are given back again, which takes some milliseconds."""


def keep_tidy():
    """Do all of this from now on. Other C libraries have no such settings, and need none."""
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        library.mallopt(M_ARENA_MAX, 1)
        library.mallopt(M_MMAP_THRESHOLD, LARGE)
        library.mallopt(M_TRIM_THRESHOLD, SPARE)
        threading.Thread(target=_give_back_again_and_again, daemon=True).start()


def give_back():
    """Give the pages of memory back to the system in which nothing lies any more."""
    ctypes.CDLL(None).malloc_trim(SPARE)


def _give_back_again_and_again():
    while True:
        time.sleep(INTERVAL)
        give_back()
