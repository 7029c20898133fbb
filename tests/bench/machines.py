"""What a site of several machines does on this one: requests a second through nginx and without, memory, time to start.

Run with `.venv/bin/python tests/bench/machines.py`. Needs wrk, nginx, redis-server and PostgreSQL. Figures of its last
run are in portal/deploy/sizing.md.
"""

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

ROUNDS, SECONDS, CONNECTIONS = 3, 4, 16
PAGES = {
    "monograph": "/monographs/ketamine/",
    "A to Z": "/monographs/",
    "search": "/search/?q=ketamine",
    "form of a review": "/monographs/ketamine/reviews/new/",
}


def requests_per_second(address, *headers):
    """Return the median of several rounds."""
    told = [word for header in headers for word in ("-H", header)]
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", *told, address]
    figures = []
    for _ in range(ROUNDS):
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert "Non-2xx" not in output, output
        figures.append(float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1]))
    return statistics.median(figures)


def memory(app):
    """Return the megabytes of a process and its workers; what they share counts once."""
    group = subprocess.run(["pgrep", "-g", str(app.process.pid)], capture_output=True, text=True, check=True)
    texts = [Path(f"/proc/{process}/smaps_rollup").read_text() for process in group.stdout.split()]
    return sum(int(re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)[1]) for text in texts) / 1024


def main():
    django.setup()
    from tests.stack.machines import HOST, Stack, unit_command
    from tests.stack.visitor import Visitor

    with tempfile.TemporaryDirectory(prefix="portal-machines-") as folder, Stack(folder) as stack:
        stack.start()
        first = stack.apps[0]
        first.kill()
        begun = time.monotonic()
        first.start(unit_command(first.port))
        print(f"a process answers {time.monotonic() - begun:.1f} s after its start, with {memory(first):.0f} MB")
        direct = (f"http://127.0.0.1:{first.port}", f"Host: {HOST}", "X-Forwarded-Proto: https")
        front = (f"https://127.0.0.1:{stack.nginx.port}", f"Host: {HOST}")
        print(f"{'requests a second':20} {'one process':>12} {'nginx, two':>12} {'replica lags':>13}")
        for name, path in PAGES.items():
            figures = [requests_per_second(address + path, *headers) for address, *headers in (direct, front)]
            stack.replica.ask("SELECT pg_wal_replay_pause()")
            stack.primary.ask("SELECT 1 FROM pg_logical_emit_message(true, 'bench', 'so that the replica lags')")
            figures.append(requests_per_second(front[0] + path, *front[1:]))
            stack.replica.ask("SELECT pg_wal_replay_resume()")
            print(f"{name:20} {figures[0]:12,.0f} {figures[1]:12,.0f} {figures[2]:13,.0f}")
        print(f"afterwards: {', '.join(f'{memory(app):.0f} MB' for app in stack.apps)}")
        reader = Visitor(stack.nginx.port, certificate=stack.nginx.folder / "fullchain.pem")
        picture = re.search(r"/media/[^\s\",]+", reader.get(PAGES["monograph"])[2])[0]
        for what in ("from the bucket", "from nginx's copy"):
            begun = time.monotonic()
            assert reader.get(picture)[0] == 200
            print(f"a picture {what}: {1000 * (time.monotonic() - begun):.0f} ms, TLS included")


if __name__ == "__main__":
    main()
