"""People who go on with what they do while something else happens."""

import threading
import time

PATIENCE = 600
"""Seconds after which nothing comes any more."""


class GoingOn:
    """Each act is done again and again in a thread of its own, from entering to leaving."""

    def __init__(self, *acts):
        self.faults, self._stop = [], threading.Event()
        self._threads = [threading.Thread(target=self._go_on, args=[act]) for act in acts]

    def wait_for(self, is_enough):
        """Wait until people have got what `is_enough` asks for. Raises what went wrong with one of them."""
        patience = time.monotonic() + PATIENCE
        while not is_enough():
            if self.faults:
                raise self.faults[0]
            assert time.monotonic() < patience, "People get no answers any more."
            time.sleep(0.005)

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error):
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _go_on(self, act):
        try:
            while not self._stop.is_set():
                act()
        except Exception as fault:
            self.faults.append(fault)
