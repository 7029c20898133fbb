"""What each kind of page costs on a large site against a small one, side by side, and a decision too.

Run with `.venv/bin/python -m tests.bench.scale`. It makes two sites by `manage.py populate` in a temporary folder, with
100 monographs and 1,000 reviews and with 10,000 and 1,000,000, which takes a quarter of an hour. Two sites that are
there already are measured by `… -m tests.bench.scale SMALL LARGE`; each is a DATA_DIR, or a DATABASE_URL of PostgreSQL.
The aim is at most 1.2 times, of a page that is longer on the large site, because it has more to list, as many times
more as it is longer. `--only PATTERN` measures what has such a name.

Each figure is the least of many rounds, of which each does it on one site and on the other, so that what else the
machine does meets both and can only add. What is above the aim gets three times as many.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SIZES = ((100, 1_000), (10_000, 1_000_000))
ROUNDS, MOST = 15, 1.2


class Site:
    """A process that has one site open, and times what it is told to do."""

    def __init__(self, place):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.scale_site"],
            cwd=ROOT, env=environment(place), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.vendor, self.names = self._next()

    def time(self, name):
        """Do it once; return milliseconds, the number of queries, and the bytes of the page."""
        print(name, file=self.process.stdin, flush=True)
        return self._next()

    def close(self):
        self.process.stdin.close()
        self.process.wait()

    def _next(self):
        line = self.process.stdout.readline()
        if not line:
            sys.exit("A site could not be measured; its error stands above.")
        return json.loads(line)


def environment(place):
    """Return the environment of a site in a folder, or of a PostgreSQL database with an empty folder."""
    settings = {"SECRET_KEY": "for-measuring-only-" + "x" * 50, "ALLOWED_HOSTS": "testserver", "EMAIL_URL": "memory:"}
    settings |= {"METRICS_TOKEN": "measuring-measuring-measuring", "API_PER_MINUTE": "1000000"}
    # All work of a query by the one process whose time is read.
    settings["PGOPTIONS"] = "-c max_parallel_workers_per_gather=0"
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DATA_DIR")}
    if "://" in place:
        settings |= {"DATABASE_URL": place, "DATA_DIR": tempfile.mkdtemp(prefix="portal-bench-")}
    else:
        settings["DATA_DIR"] = place
    return {**kept, **settings}


def make(folder, monographs, reviews):
    """Populate a site in a new folder; return its place."""
    place = Path(folder) / str(reviews)
    place.mkdir()
    for command in (["migrate", "-v0"], ["populate", f"--monographs={monographs}", f"--reviews={reviews}"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment(str(place)), check=True)
    return str(place)


def measure(small, large, only, most, rounds):
    """Print a line for each act; return the names of those that cost more than `most` times."""
    above = []
    print(f"{small.vendor}: least of {rounds} rounds in milliseconds, small site, large site")
    for name in small.names:
        if not re.search(only, name):
            continue
        for site in (small, large):
            site.time(name)
        times = []
        for _attempt in range(3):
            times += [(small.time(name), large.time(name)) for _ in range(rounds)]
            (before, few, short), (after, many, long) = (min(site) for site in zip(*times, strict=True))
            is_above = after > most * before * max(1, long / (short or 1))
            if not is_above:
                break
        print(
            f"{name:44} {before:8.1f} {after:8.1f}  {after / before:5.2f} times  {few:.0f}/{many:.0f} queries  "
            f"{short / 1000:.0f}/{long / 1000:.0f} kB",
            flush=True,
        )
        if is_above:
            above.append(name)
    return above


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("places", nargs="*", metavar="SITE")
    parser.add_argument("--only", default="", metavar="PATTERN")
    parser.add_argument("--most", type=float, default=MOST, metavar="TIMES")
    parser.add_argument("--rounds", type=int, default=ROUNDS, metavar="N")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        places = asked.places or [make(folder, *size) for size in SIZES]
        small, large = map(Site, places)
        above = measure(small, large, asked.only, asked.most, asked.rounds)
        for site in (small, large):
            site.close()
    print(f"{len(above)} above {asked.most} times" + "".join(f"\n  {name}" for name in above))
    sys.exit(bool(above))


if __name__ == "__main__":
    main()
