"""Does a server that is killed lose anything that it acknowledged? Reviews and decisions, 200 kills by default.

Run with `.venv/bin/python tests/bench/kills.py [--kills N] [--database postgres://user@host/name]`. With an address, a
new database beside that one is used; without, SQLite.
"""

import argparse
import os
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django


def main():
    django.setup()
    from tests.killing import kill_repeatedly, lost
    from tests.serving import server_set_up

    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--database", default="")
    options = parser.parse_args()
    with server_set_up(options.database) as server:
        people = kill_repeatedly(server, options.kills, tell=lambda text: print(f"\r{text}", end="", flush=True))
        missing = lost(server, people)
        print(f"\n{options.kills} kills on {'PostgreSQL' if options.database else 'SQLite'}")
        print(f"acknowledged: {len(people.written)} reviews, {dict(Counter(people.decided.values()))}")
        print(f"lost: {len(missing)}", *missing, sep="\n")
        print(f"verify: {server.manage('verify').strip()}")
    sys.exit(bool(missing))


if __name__ == "__main__":
    main()
