"""One site of scale.py: reads names from its input, does each once, and answers with how long it took.

The time is that of the processor, which other work on the machine moves little: of this process, in which SQLite works
too, and of the process of PostgreSQL that serves it, if that runs on this machine. Elsewhere it is that of a clock.
"""

import json
import os
import sys
import time
from itertools import count
from pathlib import Path

import django
from django.conf import settings


def start_site():
    """Start Django so that nothing is kept: every request queries and renders."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.cold"
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    (Path(os.environ["DATA_DIR"]) / "static").mkdir(exist_ok=True)  # whitenoise warns when there is none
    django.setup()


def seconds():
    """Return the time that is measured, in seconds from some moment on."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return time.process_time()
    connection.ensure_connection()
    server = Path(f"/proc/{connection.connection.info.backend_pid}")
    try:
        is_here = (server / "comm").read_text().startswith("postgres")
    except OSError:
        is_here = False
    if not is_here:
        return time.perf_counter()
    return time.process_time() + int((server / "schedstat").read_text().split()[0]) / 1e9


def timed(act):
    """Do something once; return milliseconds, the number of queries, and the length of what it returned."""
    from django.db import connection

    queries = count()

    def note(execute, *arguments):
        next(queries)
        return execute(*arguments)

    prepare, act = act if isinstance(act, tuple) else (None, act)
    if prepare:
        prepare()
    began = seconds()
    with connection.execute_wrapper(note):
        length = act()
    return (seconds() - began) * 1000, next(queries), length if isinstance(length, int) else 0


def main():
    start_site()
    from django.db import connection

    from tests.bench.scale_acts import acts

    answers, sys.stdout = sys.stdout, sys.stderr
    named = acts()
    print(json.dumps([connection.vendor, list(named)]), file=answers, flush=True)
    for line in sys.stdin:
        print(json.dumps(timed(named[line.rstrip("\n")])), file=answers, flush=True)


if __name__ == "__main__":
    main()
