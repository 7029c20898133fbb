"""How long something takes, on a machine that does other things as well."""

import gc
import time

TRIES = 6


def is_done_within(seconds, act):
    """Whether an act takes less than so many seconds of this thread's own at least once in a few tries.

    Whatever else the machine does makes a try longer, never shorter.
    """
    return any(_seconds_of(act) < seconds for _try in range(TRIES))


def _seconds_of(act):
    # What other tests have left in memory is not looked through meanwhile.
    gc.collect()
    gc.disable()
    try:
        start = time.thread_time()
        act()
        return time.thread_time() - start
    finally:
        gc.enable()
