"""Keeps what the threads of a worker allocate in one place.

The C library of most Linux systems gives threads arenas of their own, up to eight for each core, and what is free in
one serves no thread of another. A worker has many threads and any of them makes any page, so that in time each arena
holds room for the largest. Python lets one thread work at a time: one arena costs no speed.
"""

import ctypes

M_ARENA_MAX = -8
"""From malloc.h of the GNU C library."""


def share_one():
    """Make no further arenas. Other C libraries have no such setting, and need none."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt:
        mallopt(M_ARENA_MAX, 1)
