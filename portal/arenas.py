"""Keeps what the threads of a worker allocate in one place, and what is large out of it.

The C library of most Linux systems gives threads arenas of their own, up to eight for each core, and what is free in
one serves no thread of another. A worker has many threads and any of them makes any page, so that in time each arena
holds room for the largest. Python lets one thread work at a time: one arena costs no speed.

What is large gets pages of its own, which go back to the system with it. But each large piece that is freed raises what
counts as large, up to 32 MB: then room for pictures and for compressing lies among small things that stay, and in time
the holes are most of it. So what is large is said once.
"""

import ctypes

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
"""From malloc.h of the GNU C library."""

LARGE = 32 * 1024
"""Bytes from which a piece gets pages of its own, such as a finished page of the site."""

SPARE = 1024 * 1024
"""Bytes that stay at hand when what was allocated last is freed."""


def keep_tidy():
    """Make no further arenas, and keep large pieces apart. Other C libraries have no such settings, and need none."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt:
        mallopt(M_ARENA_MAX, 1)
        mallopt(M_MMAP_THRESHOLD, LARGE)
        mallopt(M_TRIM_THRESHOLD, SPARE)
