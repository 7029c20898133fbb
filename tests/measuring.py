"""How long something takes, on a machine that does other things as well."""

import gc
import time

TRIES = 6
FRAMES = 10
"""Calls by which each try stands deeper. Where the frames of CPython 3.11 just fill a piece of memory, every further
call fetches a piece and gives it back, and the same code takes ten times as long: that is no fault of the code."""


def is_done_within(seconds, act):
    """Whether an act takes less than so many seconds of this thread's own at least once in a few tries.

    Whatever else the machine does makes a try longer, never shorter.
    """
    return any(_seconds_of(act, number * FRAMES) < seconds for number in range(TRIES))


def _seconds_of(act, depth):
    if depth:
        return _seconds_of(act, depth - 1)
    # What other tests have left in memory is not looked through meanwhile.
    gc.collect()
    gc.disable()
    try:
        start = time.thread_time()
        act()
        return time.thread_time() - start
    finally:
        gc.enable()
