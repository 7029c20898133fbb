"""Does the portal stay the same under half an hour of mixed load? Errors, memory and the slowest answers, each minute.

Run with `.venv/bin/python -m tests.bench.soak [--minutes 30] [--database postgres://user@host/name]`. Needs wrk
(Debian: apt-get install wrk). People write reviews, a moderator decides them, an edition is published every few
seconds, and readers come: first as fast as they are answered, which is the top rate, then at half of it. At the end
stands whether all of it held: no error, nothing lost, flat memory of each worker, steady slowest answers.
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
from contextlib import contextmanager
from dataclasses import dataclass

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

from tests.bench.memory import ROOT, memory_of

CONNECTIONS = 16
TOP, TRIAL, SLICE = 30, 10, 60
"""Seconds of measuring the top rate, of finding the pause, and of each line of figures."""

PUBLISH_EVERY = 5
"""Seconds between two editions."""

MOST_GROWTH = 1.05
"""Of a worker's memory, from the first third of the lines to the last."""

MOST_SLOWER, SLOWEST = 1.5, 3
"""Of the 99th percentile: from the first third to the last, and of any line against the median of all."""

MOST_SHOWN = 10_000
"""Characters of the end of the server's log, when somebody gave up."""

# Readers go through these in turn. With a pause, each connection waits so many milliseconds between two answers.
SCRIPT = """
local paths, pause = {%s}, %d
local number = 0
local threads = {}
wrong = ""
setup = function(thread) table.insert(threads, thread) end
request = function()
  number = number + 1
  return wrk.format("GET", paths[number %% #paths + 1])
end
response = function(status) if status >= 400 then wrong = wrong .. " status " .. status .. "," end end
done = function() for _, thread in ipairs(threads) do print("Wrong:" .. thread:get("wrong")) end end
if pause > 0 then delay = function() return pause end end
"""
PATHS = (
    *("/monographs/ketamine/",) * 6,
    *("/", "/monographs/", "/topics/", "/monographs/ketamine/reviews/", "/search/?q=ketamine"),
    *("/monographs/ketamine/editions/", "/api/v1/monographs", "/reviews/fairness/", "/feeds/editions.atom"),
)
# Each time of another monograph, so that the history of none becomes longer than any in life.
PUBLISH = """
import time
from itertools import cycle
from django.contrib.auth import get_user_model
from monographs.models import Monograph
by, number = get_user_model().objects.first(), 0
for monograph in cycle(Monograph.objects.order_by("pk")):
    number += 1
    section = monograph.sections.first()
    section.body += f"\\n\\nLooked through for the {number}th time."
    section.save()
    monograph.publish(by=by, note="Looked through.", is_substantive=False)
    print(number, flush=True)
    time.sleep(%d)
"""


@dataclass
class Line:
    """What was measured in one minute; rates a second, times in milliseconds, memory of each process in MB."""

    rate: float
    middle: float
    slow: float
    errors: dict[str, int]
    memory: list[float]


def read(server, seconds, pause=0):
    """Let readers come for so many seconds; return a Line."""
    paths = ", ".join(f'"{path}"' for path in PATHS)
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(SCRIPT % (paths, pause))
        script.flush()
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "30s", "--latency"]
        output = subprocess.run(
            [*command, "-s", script.name, server.address], capture_output=True, text=True, check=True
        ).stdout
    errors = {
        kind: int(count) for kind, count in re.findall(r"(connect|read|write|timeout) (\d+)", output) if int(count)
    }
    for kind in re.findall(r"status \d+", re.search(r"^Wrong:.*", output, re.MULTILINE)[0]):
        errors[kind] = errors.get(kind, 0) + 1
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1])
    return Line(rate, _ms(output, "50%"), _ms(output, "99%"), errors, memory_of(server.process))


def _ms(output, share):
    number, unit = re.search(rf"{share}\s+([\d.]+)(us|ms|s|m)\b", output).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1_000, "m": 60_000}[unit]


def pause_for(target, line, pause=0):
    """Return how long connections have to wait between answers that come as fast as those of a line."""
    answer = CONNECTIONS * 1000 / line.rate - pause
    return max(1, round(CONNECTIONS * 1000 / target - answer))


@contextmanager
def publisher_of(server):
    """A process that publishes again and again, and the list of what it has published."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "shell", "-v0", "-c", PUBLISH % PUBLISH_EVERY],
        cwd=ROOT, env=server.environment, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    editions = []
    threading.Thread(target=lambda: editions.extend(process.stdout), daemon=True).start()
    try:
        yield process, editions
    finally:
        process.terminate()
        process.wait()


def soak(server, people, minutes):
    """Keep everybody at work for so many minutes; return the lines, and why somebody gave up."""
    lines = []
    with publisher_of(server) as (publisher, editions), people:
        read(server, TRIAL)
        top = read(server, TOP).rate
        print(f"top rate {top:,.0f} readers a second beside writers, moderator and publisher", flush=True)
        # Answers come faster when fewer ask, so the pause is found step by step.
        pause = round(CONNECTIONS * 1000 / (top / 2))
        pause = pause_for(top / 2, read(server, TRIAL, pause), pause)
        for minute in range(1, minutes + 1):
            line = read(server, SLICE, pause)
            pause = pause_for(top / 2, line, pause)
            lines.append(line)
            print(
                f"{minute:3} min  {line.rate:6,.0f}/s  50%: {line.middle:6.1f} ms  99%: {line.slow:7.1f} ms  memory: "
                f"{' + '.join(f'{size:.0f}' for size in line.memory)} MB  reviews: {len(people.written):,}  decided: "
                f"{len(people.decided):,}  editions: {len(editions):,}  errors: {line.errors or 'none'}",
                flush=True,
            )
            if people.faults or publisher.poll() is not None:
                return lines, [f"somebody gave up: {people.faults or 'the publisher'}"]
    return lines, []


def faults_of(lines):
    """Print each figure at the beginning and the end; return what did not hold."""
    faults = []
    errors = {}
    for line in lines:
        for kind, count in line.errors.items():
            errors[kind] = errors.get(kind, 0) + count
    print(f"errors of readers: {errors or 'none'}")
    if errors:
        faults.append("readers got errors")
    third = max(1, len(lines) // 3)

    def compare(name, figures, most):
        first, last = statistics.median(figures[:third]), statistics.median(figures[-third:])
        print(f"{name}: {first:,.1f} in the first third, {last:,.1f} in the last ({last / first:.3f} times)")
        if last > most * first:
            faults.append(f"{name} grew")

    for number, sizes in enumerate(zip(*(line.memory for line in lines), strict=True)):
        compare(
            f"memory of worker {number}, MB" if number else "memory of the server above them, MB", sizes, MOST_GROWTH
        )
    slow = [line.slow for line in lines]
    compare("99th percentile, ms", slow, MOST_SLOWER)
    print(
        f"99th percentile of the minutes: {min(slow):,.1f} to {max(slow):,.1f}, median {statistics.median(slow):,.1f}"
    )
    if max(slow) > SLOWEST * statistics.median(slow):
        faults.append("the 99th percentile of one minute stands out")
    return faults


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
        print("PostgreSQL" if options.database else "SQLite", flush=True)
        people = People(server)
        lines, faults = soak(server, people, options.minutes)
        server.kill()
        if faults:
            print(server.log[-MOST_SHOWN:])
        faults += faults_of(lines)
        missing = lost(server, people)
        print(f"written and decided: {len(people.written):,}, {len(people.decided):,}; lost: {len(missing)}", *missing)
        print(f"requests of writers and moderator: {people.answers:,} answered, {people.broken} broken off")
        try:
            print(f"verify: {server.manage('verify').strip()}")
        except AssertionError as fault:
            print(f"verify: {fault}")
            faults.append("verify found differences")
    faults += ["acknowledged things were lost"] * bool(missing)
    faults += ["connections of writers or the moderator broke"] * bool(people.broken)
    sys.exit("DID NOT HOLD: " + "; ".join(faults) if faults else print("HELD"))


if __name__ == "__main__":
    main()
