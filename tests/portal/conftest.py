import fcntl
import logging
import os

import pytest

from tests.portal.worker import Worker
from tests.serving import Server


@pytest.fixture
def quiet():
    """Nothing is logged: for tests that provoke thousands of refusals, each with its traceback."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def start_worker():
    """Start Workers; they are stopped afterwards, for PostgreSQL drops no database that somebody is connected to."""
    workers = []

    def start():
        workers.append(Worker())
        return workers[-1]

    yield start
    for worker in workers:
        worker.stop()


@pytest.fixture
def worker(start_worker):
    return start_worker()


@pytest.fixture(scope="session")
def ready_site(tmp_path_factory):
    """A site on SQLite that quickstart has set up once for all workers, to be copied and not to be changed."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    site, printed = Server(folder / "ready"), folder / "ready.txt"
    with open(folder / "ready.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not printed.exists():
            site.set_up()
            printed.write_text(site.printed)
    site.printed = printed.read_text()
    return site
