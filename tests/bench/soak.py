"""Does the portal stay the same under half an hour of mixed load? Errors, memory and the slowest answers, each minute.

Run with `.venv/bin/python tests/bench/soak.py [--minutes 30] [--database postgres://user@host/name]`. Needs wrk
(Debian: apt-get install wrk). First the top rate of readers is measured; then readers come at half of it, while others
write reviews, a moderator decides them, and an edition is published every few seconds.
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

CONNECTIONS = 16
SLICE = 60
"""Seconds of each line of figures."""

PUBLISH_EVERY = 5
"""Seconds between two editions."""

# Readers go through these in turn. With a pause, each connection waits so many milliseconds between two answers.
SCRIPT = """
local paths = {%s}
local number, wrong = 0, 0
request = function()
  number = number + 1
  return wrk.format("GET", paths[number %% #paths + 1])
end
%s
"""
PAUSE = "delay = function() return %d end"
PATHS = (
    *("/monographs/ketamine/",) * 6,
    *("/", "/monographs/", "/topics/", "/monographs/ketamine/reviews/", "/search/?q=ketamine"),
    *("/monographs/ketamine/editions/", "/api/v1/monographs", "/reviews/fairness/", "/feeds/editions.atom"),
)
PUBLISH = """
import time
from django.contrib.auth import get_user_model
from monographs.models import Monograph
by, monograph = get_user_model().objects.first(), Monograph.objects.get(slug="ketamine")
section = monograph.sections.first()
text, number = section.body, 0
while True:
    number += 1
    section.body = f"{text}\\n\\nLooked through for the {number}th time."
    section.save()
    monograph.publish(by=by, note="Looked through.", is_substantive=False)
    print(number, flush=True)
    time.sleep(%d)
"""


def read(address, seconds, pause=0):
    """Let readers come for so many seconds. Return (requests a second, 50th and 99th percentile in ms, errors)."""
    paths = ", ".join(f'"{path}"' for path in PATHS)
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(SCRIPT % (paths, PAUSE % pause if pause else ""))
        script.flush()
        command = [
            "wrk",
            "-t1",
            f"-c{CONNECTIONS}",
            f"-d{seconds}s",
            "--timeout",
            "30s",
            "--latency",
            "-s",
            script.name,
        ]
        output = subprocess.run([*command, address], capture_output=True, text=True, check=True).stdout
    errors = sum(map(int, re.findall(r"(?:connect|read|write|timeout|responses:) (\d+)", output)))
    return float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1]), _ms(output, "50%"), _ms(output, "99%"), errors


def _ms(output, share):
    number, unit = re.search(rf"{share}\s+([\d.]+)(us|ms|s|m)\b", output).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1_000, "m": 60_000}[unit]


def memory_of(process):
    """Return the memory of a server and its workers, in MB, shared pages counted once for each that has them."""
    listed = subprocess.run(
        ["ps", "-o", "rss=", "--pid", str(process.pid), "--ppid", str(process.pid)],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    return sum(map(int, listed.split())) / 1024


def main():
    if not shutil.which("wrk"):
        sys.exit("wrk is missing. On Debian: apt-get install wrk")
    django.setup()
    from tests.killing import People, lost
    from tests.serving import server_set_up

    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=int, default=30)
    parser.add_argument("--database", default="")
    options = parser.parse_args()
    with server_set_up(options.database, API_PER_MINUTE="100000000") as server:
        server.manage("populate", "--monographs", "100", "--reviews", "2000")
        server.restart()
        read(server.address, 5)
        top = read(server.address, 15)[0]
        name = "PostgreSQL" if options.database else "SQLite"
        print(f"{name}: top rate {top:,.0f} readers a second, alone", flush=True)
        people, published, lines = soak(server, People, options.minutes, CONNECTIONS * 1000 / (top / 2))
        server.kill()
        missing = lost(server, people)
        print(f"written and decided: {len(people.written)}, {len(people.decided)}; editions: {published}")
        print(f"errors: {sum(line[3] for line in lines)}; lost: {len(missing)}", *missing)
        print(f"verify: {server.manage('verify').strip()}")
        third = max(1, len(lines) // 3)
        for name, column in (("99th percentile, ms", 2), ("memory, MB", 4)):
            first, last = (statistics.median(line[column] for line in part) for part in (lines[:third], lines[-third:]))
            print(f"{name}: {first:,.1f} in the first third, {last:,.1f} in the last")


def soak(server, people_of, minutes, pause):
    """Keep everybody at work for so many minutes. Return (People, number of editions, lines of figures)."""
    publisher = subprocess.Popen(
        [sys.executable, "manage.py", "shell", "-v0", "-c", PUBLISH % PUBLISH_EVERY],
        cwd=Path(__file__).resolve().parents[2], env=server.environment, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    editions, lines = [], []
    counting = threading.Thread(target=lambda: editions.extend(publisher.stdout), daemon=True)
    counting.start()
    try:
        with people_of(server) as people:
            for minute in range(1, minutes + 1):
                rate, middle, slow, errors = read(server.address, SLICE, pause)
                lines.append((rate, middle, slow, errors, memory_of(server.process)))
                print(
                    f"{minute:3} min  {rate:7,.0f}/s  50%: {middle:6.1f} ms  99%: {slow:7.1f} ms  errors: {errors}"
                    f"  memory: {lines[-1][4]:,.0f} MB  reviews: {len(people.written)}  editions: {len(editions)}",
                    flush=True,
                )
                if people.faults or publisher.poll() is not None:
                    raise SystemExit(f"Somebody gave up: {people.faults or 'the publisher'}")
    finally:
        publisher.terminate()
        publisher.wait()
    return people, len(editions), lines


if __name__ == "__main__":
    main()
