"""Whether the memory of each process stays flat over many requests of every kind, and how high it can be driven.

Run with `.venv/bin/python -m tests.bench.memory [REQUESTS] [SITE]`: 100,000 requests unless told otherwise, on a small
site of its own, where reviews are written and decided meanwhile, or on one that is there, given as DATA_DIR or
DATABASE_URL. The server is the one that quickstart starts. Readers ask for every kind of page in a random order and in
every encoding, three in ten of them for any monograph, a tenth with words and addresses that nobody asked for before.
The memory of each process is printed ten times, and again after all threads of all workers were asked at once. The run
fails when the last four tenths of a worker grew by more than 3 per cent.
"""

import os
import random
import subprocess
import sys
import urllib.parse
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from functools import partial
from http.client import HTTPConnection
from pathlib import Path

import django

from tests.bench.scale import ROOT, environment

STEPS, SETTLED, MOST_GROWTH, CLIENTS = 10, 6, 1.03, 16
WORDS = "pain sleep tablet heart nausea dose effect night strange doctor amide azole statin".split()
ENCODINGS = ("br", "gzip", "zstd", "identity")


def memory_of(process):
    """Return the resident memory of a server and of each of its workers, in MB."""
    workers = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    rolled = [Path(f"/proc/{number}/smaps_rollup").read_text() for number in (process.pid, *workers)]
    return [int(text.partition("\nRss:")[2].split()[0]) / 1024 for text in rolled]


def in_words(sizes):
    return " + ".join(f"{size:.0f}" for size in sizes) + " MB"


def ask(connection, address, encoding="gzip"):
    """Ask once, read the answer, and return its status."""
    connection.request("GET", address, headers={"Host": "testserver", "Accept-Encoding": encoding})
    answer = connection.getresponse()
    answer.read()
    return answer.status


def addresses_of(settings):
    """Return the address of every kind of public page of the site, and those of its monographs."""
    code = "from tests.bench.scale_site import start_site; start_site(); from tests.bench.scale_acts import pages; "
    code += "from monographs.models import Listing; print(*(address for _name, address in pages())); "
    code += "print(*Listing.objects.current().values_list('edition__monograph__slug', flat=True)[:1000])"
    output = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=settings, check=True, capture_output=True, text=True
    )
    kinds, slugs = (line.split() for line in output.stdout.splitlines())
    kinds = [address for address in kinds if address not in ("/metrics", "/readyz")]
    return kinds, [f"/monographs/{slug}/" for slug in slugs]


def ask_many(port, addresses, count, seed):
    """Ask so many times; return how many answers were errors of the server."""
    chance, faults = random.Random(seed), 0
    kinds, monographs = addresses
    connection = HTTPConnection("127.0.0.1", port)
    for _number in range(count):
        which = chance.randrange(10)
        address = chance.choice(monographs if which < 3 else kinds)
        if which == 9:
            words = " ".join([*chance.choices(WORDS, k=2), str(chance.randrange(10**6))])
            made_up = ["/search/?" + urllib.parse.urlencode({"q": words}), f"/monographs/{chance.randrange(10**9)}/"]
            address = chance.choice(made_up)
        faults += ask(connection, address, chance.choice(ENCODINGS)) >= 500
    connection.close()
    return faults


def read(port, addresses, clients, each, first_seed):
    """Let so many clients ask at once; return how many answers were errors."""
    with ThreadPoolExecutor(clients) as pool:
        return sum(pool.map(partial(ask_many, port, addresses, each), range(first_seed, first_seed + clients)))


def measure(server, people, requests):
    """Return whether it stayed flat."""
    from portal.management.commands.quickstart import THREADS, WORKERS

    addresses = addresses_of(server.environment)
    each = requests // STEPS // CLIENTS
    measured, faults = [], 0
    print(f"server + {WORKERS} workers at their start: {in_words(memory_of(server.process))}", flush=True)
    with people or nullcontext():
        for step in range(STEPS):
            faults += read(server.port, addresses, CLIENTS, each, step * CLIENTS)
            measured.append(memory_of(server.process))
            print(f"{(step + 1) * each * CLIENTS:9,} requests  {in_words(measured[-1])}", flush=True)
    everybody = WORKERS * THREADS
    faults += read(server.port, addresses, everybody, 20, requests)
    print(f"{everybody} clients at once: {in_words(memory_of(server.process))}")
    growth = [last / before for before, last in zip(measured[SETTLED - 1], measured[-1], strict=True)]
    print(f"{len(addresses[0])} kinds of pages, {faults} errors", end="")
    if people:
        print(
            f", {len(people.written)} reviews written, {len(people.decided)} decided, {people.faults or 'no'} faults",
            end="",
        )
        faults += len(people.faults)
    print(f"; the last four tenths grew to {', '.join(f'{times:.3f}' for times in growth)} times")
    return max(growth) <= MOST_GROWTH and not faults


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from tests.killing import People
    from tests.serving import server_set_up

    requests = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with server_set_up("", ALLOWED_HOSTS="testserver,127.0.0.1", API_PER_MINUTE="100000000") as server:
        people = None
        if len(sys.argv) > 2:
            server.environment = environment(sys.argv[2])
        else:
            server.manage("populate", "--monographs", "300", "--reviews", "3000")
            people = People(server)
        server.restart()
        is_flat = measure(server, people, requests)
    sys.exit(not is_flat)


if __name__ == "__main__":
    main()
