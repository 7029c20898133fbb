"""The memory of a worker: one place for however many threads, without what is large, and what is free goes back."""

import os
import platform
import re
import subprocess
import sys
import threading

import pytest

from portal import arenas
from portal.arenas import LARGE
from portal.paths import BASE_DIR

pytestmark = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries have no arenas")

TELL = """
library = ctypes.CDLL(None)
library.fdopen.restype = ctypes.c_void_p
library.malloc_info(0, ctypes.c_void_p(library.fdopen(1, b"w")))
library.fflush(None)
"""

THREADS = """
import ctypes, threading
import portal.wsgi
everybody = threading.Barrier(8)

def allocate():
    held = ctypes.create_string_buffer(100_000)
    everybody.wait()

threads = [threading.Thread(target=allocate) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"""

LARGE_ONES = f"""
import ctypes
import portal.wsgi

for _ in range(3):
    bytes(20_000_000)
held = [bytes({2 * LARGE}) for _ in range(50)]
"""


HOLES = """
import portal.wsgi
from portal import arenas

def resident():
    with open("/proc/self/statm") as numbers:
        return int(numbers.read().split()[1]) * 4096

pieces = [bytes(8_000) for _ in range(4_000)]
kept = pieces[::8]
del pieces
before = resident()
arenas.give_back()
print(before - resident())
"""


LOADED = """
import gc, sys
import portal.wsgi
print(gc.get_freeze_count(), len(gc.get_objects()), "portal.urls" in sys.modules)
"""


def run(code):
    """Return what some code prints in the process of a worker."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings"}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=BASE_DIR, env=environment, capture_output=True, text=True, check=True
    ).stdout


def told(code):
    """Return what the C library says about the memory of a worker after some code."""
    return run(code + TELL)


def test_threads_of_a_worker_share_one_arena():
    """Two at most: the server may have made one before the application was loaded."""
    assert 1 <= told(THREADS).count("<heap nr=") <= 2


def test_what_is_large_lies_apart_even_after_something_larger_was_freed():
    apart = re.findall(r'<total type="mmap" count="(\d+)" size="(\d+)"', told(LARGE_ONES))[-1]
    assert int(apart[0]) >= 50
    assert int(apart[1]) >= 50 * 2 * LARGE


def test_holes_between_what_stays_are_given_back():
    allocated, kept = 4_000 * 8_000, 500 * 8_000
    assert int(run(HOLES)) > (allocated - kept) / 2


def test_a_worker_gives_back_again_and_again(monkeypatch):
    given = threading.Semaphore(0)
    monkeypatch.setattr(arenas, "give_back", given.release)
    monkeypatch.setattr(arenas, "INTERVAL", 0.01)
    arenas.keep_tidy()
    assert all(given.acquire(timeout=60) for _ in range(3))


def test_what_is_loaded_is_not_looked_through_again_and_again():
    frozen, others, is_loaded = run(LOADED).split()
    assert int(frozen) > 50_000
    assert int(others) < 5_000
    assert is_loaded == "True"
