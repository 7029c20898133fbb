"""Waiting for something to be so, in place of waiting for a time."""

import time

PATIENCE = 120
"""Seconds: more than the busiest machine needs, so that only what never comes ends it."""


def wait_for(condition, process=None):
    """Ask again and again until a condition holds; return what it returned.

    Raises AssertionError if it never does, or if a process that is to make it true ends before.
    """
    end = time.monotonic() + PATIENCE
    while not (found := condition()):
        assert process is None or process.poll() is None, f"{process.args[0]} ended."
        assert time.monotonic() < end, f"It did not happen within {PATIENCE} seconds."
        time.sleep(0.02)
    return found
