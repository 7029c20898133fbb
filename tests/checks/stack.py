"""The main story on a site of several machines: PostgreSQL with a replica, Redis, a bucket, two processes behind nginx.

Run with `.venv/bin/python -m tests.checks.stack`. It needs PostgreSQL, redis-server and nginx, takes a minute, and
stops what it started. While it is told the replica lags, and a process, the replica and the cache are killed.
"""

import os
import signal
import sys
import tempfile
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django


def main():
    django.setup()
    from tests.stack.machines import Stack, missing_programs
    from tests.stack.story import tell

    if missing := missing_programs():
        sys.exit(f"{', '.join(missing)} is missing. On Debian: apt-get install postgresql redis-server nginx-light")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended from outside"))  # and everything is stopped
    begun = time.monotonic()

    def say(text):
        print(f"{time.monotonic() - begun:5.1f} s  {text}", flush=True)

    with tempfile.TemporaryDirectory(prefix="portal-stack-") as folder, Stack(folder) as stack:
        stack.start()
        say("PostgreSQL with a replica, Redis, a bucket, two processes and nginx run")
        tell(stack, say)
    say("everything is stopped")


if __name__ == "__main__":
    main()
