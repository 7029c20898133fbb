"""How long searches take among 100 and among 10,000 monographs, against a bare view, in one process without a network.

Run with `.venv/bin/python tests/bench/search.py [SIZE…]`. It measures on SQLite, and on PostgreSQL too where
TEST_DATABASE_URL names a database; there it makes one beside it and drops it afterwards.
"""

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[2]
SIZES = (100, 10_000)
ROUNDS = 7


def main(sizes):
    for database in filter(None, ("SQLite", os.environ.get("TEST_DATABASE_URL"))):
        medians = [measure_apart(size, database) for size in sizes]
        print(f"median at {sizes[-1]:,} is {medians[-1] / medians[0]:.1f} times that at {sizes[0]:,}\n")


def measure_apart(size, database):
    """Measure in a process of its own, with a database of its own; return the median in milliseconds."""
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        environment = {**os.environ, "DATA_DIR": folder, "PYTHONPATH": str(ROOT), "BENCH": str(size)}
        environment |= {"SECRET_KEY": "for-measuring-only-" + "x" * 50, "ALLOWED_HOSTS": "testserver"}
        environment["DJANGO_SETTINGS_MODULE"] = "portal.settings"
        environment.pop("DATABASE_URL", None)
        if database != "SQLite":
            environment["DATABASE_URL"] = new_database(database, size)
        output = subprocess.run([sys.executable, __file__], env=environment, check=True, stdout=subprocess.PIPE)
        print(output.stdout.decode(), end="", flush=True)
        if database != "SQLite":
            on_server(database, f"DROP DATABASE {name_of(database, size)}")
        return float(output.stdout.split()[-2])


def new_database(address, size):
    name = name_of(address, size)
    on_server(address, f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name}")
    return urlunsplit(urlsplit(address)._replace(path=f"/{name}"))


def name_of(address, size):
    return f"{urlsplit(address).path.strip('/')}_bench_{size}"


def on_server(address, *statements):
    import psycopg

    with psycopg.connect(urlunsplit(urlsplit(address)._replace(path="/postgres")), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def measure(size):
    import django
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    django.setup()
    from tests.bench.library import Library

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    library = Library(size)
    started = time.perf_counter()
    library.make()
    made = time.perf_counter() - started
    call_command("rebuild_search", verbosity=0)
    client = Client()
    bare = best(lambda: client.get("/healthz"))
    addresses = list(searches(library))
    times = {address: best(lambda address=address: client.get(address)) for address in addresses}
    pages = {address: best(lambda address=address: client.get(address)) for address in PAGES}
    ordered = sorted(times, key=times.get)
    print(f"{connection.vendor}, {size:,} monographs (made in {made:.0f} s); a bare view takes {bare:.2f} ms")
    for address, taken in pages.items():
        print(f"  {taken:7.1f} ms  {taken / bare:5.0f} times bare  {address}")
    for address in ordered[-5:]:
        print(f"  {times[address]:7.1f} ms  {times[address] / bare:5.0f} times bare  {address}")
    median = statistics.median(times.values())
    worst = times[ordered[-1]]
    print(
        f"  {len(times)} searches: worst {worst:.1f} ms, median {median / bare:.0f} times bare, that is {median:.2f} ms"
    )


PAGES = ["/", "/monographs/", "/monographs/?letter=K", "/monographs/?show=new", "/topics/", "/topics/topic-1/"]


def searches(library):
    """Yield addresses of searches of every kind, by names and texts that the library has."""
    from urllib.parse import urlencode

    from monographs.models import Edition

    pick = random.Random(1)
    editions = Edition.objects.order_by("pk").values("title", "other_names", "identifiers", "sections")
    editions = [editions[library.size * part // 12] for part in range(12)]
    for edition in editions:
        title = edition["title"].lower()
        texts = edition["sections"][pick.randrange(5)]["source"].rstrip(".").split()
        rare = max(texts, key=library.vocabulary.index)
        place = pick.randrange(1, len(title) - 1)
        typed = [
            title,
            title[:4],
            title[:place] + title[place + 1 :],  # a letter is missing
            edition["other_names"][0],
            edition["identifiers"][0]["value"],
            rare,
            f"{title} side effects",
            f"{texts[3]} {texts[40]}",
            f"what is the {texts[7]} of {title}",
        ]
        for query in typed:
            yield "/search/?" + urlencode({"q": query})
        yield "/search/suggest/?" + urlencode({"q": title[: pick.randrange(2, 6)]})
    common = ["medicine", "medicine dose", "pain treatment people", "mo", "side effects", "tab", "xqzwvj", "keto"]
    common += ["medicine dose tablet pain treatment people blood pressure", "zzyzx medicine", "medicin", "ke"]
    for query in common:
        yield "/search/?" + urlencode({"q": query})
        yield "/search/?" + urlencode({"q": query, "topic": "topic-1"})
    yield "/search/?q=medicine&page=10"


def best(act):
    """Return the best of some rounds in milliseconds: whatever else the machine does can only add to it."""
    rounds = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        response = act()
        rounds.append((time.perf_counter() - started) * 1000)
        if response.status_code != 200:
            sys.exit(f"{response.request['PATH_INFO']} answers {response.status_code}")
    return min(rounds)


if __name__ == "__main__":
    if "BENCH" in os.environ:
        measure(int(os.environ["BENCH"]))
    else:
        main([int(size) for size in sys.argv[1:]] or SIZES)
