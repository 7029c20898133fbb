"""The portal as it is served, with a small library in it, for checks from outside."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILL = "import json; from tests.checks.library import make_library; print('\\n' + json.dumps(make_library()))"


@contextmanager
def portal_at_work():
    """Serve a portal of its own on a free port; yield (its address, {kind of page: path})."""
    with tempfile.TemporaryDirectory(prefix="portal-checks-") as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        site = f"http://127.0.0.1:{port}"
        environment = {
            **os.environ,
            "DATA_DIR": folder,
            "PYTHONPATH": str(ROOT),
            "SITE_URL": site,
            "ALLOWED_HOSTS": "127.0.0.1",
            "SECRET_KEY": "only-for-checks-" + "x" * 50,
            "EMAIL_URL": "memory:",
        }

        def manage(*arguments):
            return subprocess.run(
                [sys.executable, "manage.py", *arguments],
                cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True,
            ).stdout  # fmt: skip

        manage("migrate", "-v0")
        manage("collectstatic", "-v0", "--noinput")
        pages = json.loads(manage("shell", "-v0", "-c", FILL).splitlines()[-1])
        server = subprocess.Popen(
            [sys.executable, "-m", "granian", "--interface", "wsgi", "portal.wsgi:application", "--host", "127.0.0.1",
             "--port", str(port), "--workers", "1", "--blocking-threads", "4", "--log-level", "critical"],
            cwd=ROOT, env=environment, start_new_session=True,
        )  # fmt: skip
        try:
            _wait_for(f"{site}/healthz")
            yield site, pages
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait()


def _wait_for(address):
    for _ in range(300):
        try:
            return urllib.request.urlopen(address).read()
        except OSError:
            time.sleep(0.1)
    sys.exit(f"{address} does not answer.")
