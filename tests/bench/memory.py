"""Whether a worker's memory stays flat over many requests of every kind.

Run with `.venv/bin/python -m tests.bench.memory [REQUESTS] [SITE]`: 100,000 requests unless told otherwise, on a small
site of its own or on one that is there, given as DATA_DIR or DATABASE_URL. One granian worker serves; the addresses
come in a random order, a tenth of them with words, pages and filters that nobody asked for before. It prints the
worker's resident memory ten times and fails when the second half grew by more than 5 per cent.
"""

import random
import subprocess
import sys
import tempfile
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.client import HTTPConnection
from pathlib import Path

from tests.bench.pages import free_port
from tests.bench.scale import ROOT, environment, make

STEPS, MOST_GROWTH, CLIENTS = 10, 1.05, 4
WORDS = "pain sleep tablet heart nausea dose effect night strange doctor amide azole statin".split()


def serve(port, settings):
    return subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "portal.wsgi:application", "--port", str(port),
         "--workers", "1", "--blocking-threads", "2", "--log-level", "critical"],
        cwd=ROOT, env=settings, stderr=subprocess.DEVNULL,  # what is missing is logged, and much is asked for that is
    )  # fmt: skip


def ask(connection, address):
    """Ask once, read the answer, and return its status."""
    connection.request("GET", address, headers={"Host": "testserver", "Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    answer.read()
    return answer.status


def addresses_of(settings):
    """Return the address of every kind of public page of the site."""
    code = "from tests.bench.scale_site import start_site; start_site(); from tests.bench.scale_acts import pages; "
    code += "print(*(address for _name, address in pages()), sep='\\n')"
    output = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=settings, check=True, capture_output=True, text=True
    )
    return [address for address in output.stdout.splitlines() if address not in ("/metrics", "/readyz")]


def ask_many(port, addresses, count, seed):
    """Ask so many of the addresses, some of them made up; return how many answers were errors of the server."""
    chance, faults = random.Random(seed), 0
    connection = HTTPConnection("127.0.0.1", port)
    for _number in range(count):
        address = chance.choice(addresses)
        if chance.randrange(10) == 0:
            words = " ".join([*chance.choices(WORDS, k=2), str(chance.randrange(10**6))])
            made_up = ["/search/?" + urllib.parse.urlencode({"q": words}), f"/monographs/{chance.randrange(10**9)}/"]
            address = chance.choice(made_up)
        faults += ask(connection, address) >= 500
    return faults


def memory_of_children(process):
    """Return the resident memory of a server's workers in MB."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    kilobytes = 0
    for child in children:
        status = Path(f"/proc/{child}/status").read_text()
        kilobytes += int(status.partition("VmRSS:")[2].split()[0])
    return kilobytes / 1024


def measure(requests, place):
    settings, port = environment(place), free_port()
    addresses = addresses_of(settings)
    server = serve(port, settings)
    measured, faults = [], 0
    try:
        wait_for(port)
        for step in range(STEPS):
            each = requests // STEPS // CLIENTS
            with ThreadPoolExecutor(CLIENTS) as clients:
                seeds = range(step * CLIENTS, (step + 1) * CLIENTS)
                faults += sum(clients.map(partial(ask_many, port, addresses, each), seeds))
            measured.append(memory_of_children(server))
            print(f"{(step + 1) * each * CLIENTS:9,} requests  {measured[-1]:7.1f} MB", flush=True)
    finally:
        server.terminate()
        server.wait()
    growth = measured[-1] / measured[STEPS // 2 - 1]
    print(f"{len(addresses)} addresses, {faults} errors; the second half grew to {growth:.3f} times")
    return growth <= MOST_GROWTH and not faults


def wait_for(port):
    for _ in range(600):
        try:
            ask(HTTPConnection("127.0.0.1", port), "/healthz")
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit("The server does not answer.")


def main():
    requests = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        place = sys.argv[2] if len(sys.argv) > 2 else make(folder, 100, 1_000)
        is_flat = measure(requests, place)
    sys.exit(not is_flat)


if __name__ == "__main__":
    main()
