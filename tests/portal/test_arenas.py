"""However many threads a worker has, the C library gives them one place to allocate in."""

import os
import platform
import subprocess
import sys

import pytest

from portal.paths import BASE_DIR

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
library = ctypes.CDLL(None)
library.fdopen.restype = ctypes.c_void_p
library.malloc_info(0, ctypes.c_void_p(library.fdopen(1, b"w")))
library.fflush(None)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries have no arenas")
def test_threads_of_a_worker_share_one_arena():
    """Two at most: the server may have made one before the application was loaded."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings"}
    result = subprocess.run(
        [sys.executable, "-c", THREADS], cwd=BASE_DIR, env=environment, capture_output=True, text=True, check=True
    )
    assert 1 <= result.stdout.count("<heap nr=") <= 2
