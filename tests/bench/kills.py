"""Does a server that is killed lose anything that it acknowledged? Reviews and decisions, 200 kills by default.

Run with `.venv/bin/python tests/bench/kills.py [--kills N] [--database postgres://user@host/name]`. With an address, a
new database beside that one is used; without, SQLite.
"""

import argparse
import os
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django


def main():
    django.setup()
    from tests.killing import kill_repeatedly, lost
    from tests.serving import Server, database_of_its_own

    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--database", default="")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="portal-kills-") as folder,
        database_of_its_own(options.database) as database,
    ):
        server = Server(Path(folder), REVIEWS_PER_HOUR="1000000", **database)
        try:
            server.set_up()
            people = kill_repeatedly(server, options.kills, tell=lambda text: print(f"\r{text}", end="", flush=True))
        finally:
            server.kill()
        missing = lost(server, people)
        print(f"\n{options.kills} kills on {'PostgreSQL' if database else 'SQLite'}")
        print(f"acknowledged: {len(people.written)} reviews, {dict(Counter(people.decided.values()))}")
        print(f"lost: {len(missing)}", *missing, sep="\n")
        print(f"verify: {server.manage('verify').strip()}")
    sys.exit(bool(missing))


if __name__ == "__main__":
    main()
