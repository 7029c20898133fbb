"""The portal as an operator runs it: a process of its own, started by quickstart, with its own data."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from urllib.error import HTTPError
from uuid import uuid4

from portal.management.commands.quickstart import server_command
from portal.paths import BASE_DIR
from tests.waiting import wait_for

KEPT = ("PATH", "HOME", "LANG", "VIRTUAL_ENV")


_ports = count(20_000 + os.getpid() * 37 % 12_000)


def free_port():
    """Return a port on which a server can be started and started again.

    The system hands out none of these by itself, so that nobody else gets it meanwhile; another process of tests
    begins elsewhere.
    """
    return next(filter(_is_free, _ports))


def _is_free(port):
    with socket.socket() as probe, suppress(OSError):
        probe.bind(("127.0.0.1", port))
        return True
    return False


class Server:
    """One site in a folder; settings are environment variables. It can be started, stopped and killed repeatedly."""

    def __init__(self, data_dir, **settings):
        self.data_dir = data_dir
        kept = {name: value for name, value in os.environ.items() if name in KEPT}
        self.environment = {**kept, "DATA_DIR": str(data_dir), **settings}
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.process = None
        self.printed = ""

    def manage(self, *arguments):
        """Run a command; return what it printed. Raises AssertionError when it fails."""
        result = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=BASE_DIR, env=self.environment, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout

    def set_up(self):
        """Set the site up, and keep what that printed."""
        self.printed = self.manage("quickstart", "--no-serve")

    @property
    def password(self):
        """The password of the one account."""
        return re.search(r"password\s+(\S+)", self.printed)[1]

    def copy(self, site):
        """Begin with a copy of a site on SQLite that was set up already, which is quicker."""
        shutil.copytree(site.data_dir, self.data_dir, dirs_exist_ok=True)
        self.printed = site.printed

    def start(self, command=None):
        """Start serving with quickstart, or with another command, and wait until it answers."""
        command = command or [sys.executable, "manage.py", "quickstart", "--port", str(self.port)]
        with open(self.data_dir / "log", "ab") as log:
            self.process = subprocess.Popen(
                command, cwd=BASE_DIR, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        wait_for(self._answers)

    def _answers(self):
        assert self.process.poll() is None, self.log
        try:
            urllib.request.urlopen(f"{self.address}/healthz", timeout=5).close()
        except OSError:
            return False
        return True

    def restart(self):
        """Start the server itself, as quickstart does at its end; what it sets up before is there."""
        self.start(server_command(self.port))

    def kill(self):
        """End the server and its workers at once, as the kernel would."""
        self._end(signal.SIGKILL)

    def stop(self):
        """Ask the server to stop, as Ctrl+C does."""
        self._end(signal.SIGINT)

    def _end(self, number):
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, number)
            self.process.wait(timeout=30)

    @property
    def log(self):
        """Everything that the server has printed."""
        return (self.data_dir / "log").read_text()

    def get(self, path, **headers):
        """Return (status, headers, text) of a page; errors are answers too."""
        try:
            with urllib.request.urlopen(
                urllib.request.Request(self.address + path, headers=headers), timeout=60
            ) as page:
                return page.status, page.headers, page.read().decode()
        except HTTPError as error:
            with error:
                return error.code, error.headers, error.read().decode()


@contextmanager
def database_of_its_own(address, copy_of=None):
    """Return the settings of a new database beside the PostgreSQL one at this address; without one, none for SQLite.

    It is empty, or has what stands in another one, to which nobody may be connected.
    """
    if not address:
        yield {}
        return
    import psycopg

    server, _slash, _name = address.rpartition("/")
    name = f"portal_{uuid4().hex}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{copy_of or "template1"}"')
        try:
            yield {"DATABASE_URL": f"{server}/{name}"}
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def server_set_up(address, **settings):
    """Yield a Server of a site of its own, set up on SQLite or beside the database at an address; it is killed then."""
    with tempfile.TemporaryDirectory(prefix="portal-server-") as folder, database_of_its_own(address) as database:
        server = Server(Path(folder), REVIEWS_PER_HOUR="1000000", **database, **settings)
        try:
            server.set_up()
            yield server
        finally:
            server.kill()
