"""The services that a site on several machines shares, each started for one run and stopped after it."""

import logging
import os
import shutil
import subprocess
from pathlib import Path

import psycopg
from moto.server import ThreadedMotoServer
from redis import Redis, RedisError

from tests.serving import free_port
from tests.waiting import wait_for


def program(name):
    """Return the path of one of PostgreSQL's programs, of the newest release here, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else None


class RedisServer:
    """A Redis that keeps nothing on the disk."""

    def __init__(self):
        self.port = free_port()
        self.address = f"redis://127.0.0.1:{self.port}/0"
        self.process = None

    def start(self):
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        wait_for(self._answers, self.process)

    def _answers(self):
        try:
            return Redis(port=self.port).ping()
        except RedisError:
            return False

    def stop(self):
        if self.process:
            self.process.kill()
            self.process.wait()


class ObjectServer:
    """A server for objects, as S3 is one. What it holds stays when it is stopped and started again."""

    def __init__(self):
        self.port = free_port()
        self.address = f"s3://key:secret%2Fword@127.0.0.1:{self.port}/pictures-of-ours?tls=false"
        self._server = None

    def start(self):
        logging.getLogger("werkzeug").setLevel(logging.WARNING)
        self._server = ThreadedMotoServer(ip_address="127.0.0.1", port=self.port, verbose=False)
        self._server.start()

    def stop(self):
        if self._server:
            self._server.stop()


class Postgres:
    """A PostgreSQL server in a folder of its own."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.port = free_port()
        self.address = f"postgres://portal@127.0.0.1:{self.port}/portal"

    def set_up(self):
        """Make it a primary with an empty database."""
        self._run("initdb", "-U", "portal", "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8")
        self.start()
        with psycopg.connect(f"{self.address.removesuffix('portal')}postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE portal")

    def copy(self, primary):
        """Make it a streaming replica of a primary that runs."""
        source = ["-h", "127.0.0.1", "-p", str(primary.port), "-U", "portal", "-c", "fast", "-X", "stream", "-R"]
        self._run("pg_basebackup", *source)
        self.start()

    def start(self):
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        self._run("pg_ctl", "-l", str(self.folder / "log"), "-w", "start", "-o", options)

    def stop(self):
        """End it at once, as when its machine is gone."""
        if (self.folder / "postmaster.pid").exists():
            self._run("pg_ctl", "-m", "immediate", "-w", "stop")

    def ask(self, sql, *values):
        """Return the first value of the first row."""
        with psycopg.connect(self.address, autocommit=True) as connection:
            return connection.execute(sql, values).fetchone()[0]

    def _run(self, name, *arguments):
        command = [program(name), "-D", str(self.folder), *arguments]
        if os.geteuid() == 0:  # under which PostgreSQL refuses to run
            self.folder.mkdir(exist_ok=True)
            shutil.chown(self.folder, "postgres")
            self.folder.chmod(0o700)
            command = ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups", *command]
        result = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, cwd="/")
        assert result.returncode == 0, result.stdout + result.stderr
