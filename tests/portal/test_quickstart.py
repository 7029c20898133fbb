import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from contextlib import suppress
from urllib.error import URLError

import pytest

from portal.management.commands.quickstart import server_command
from portal.paths import BASE_DIR
from tests.serving import Server, free_port
from tests.waiting import wait_for


def environment(data_dir):
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "VIRTUAL_ENV")}
    return {**kept, "DATA_DIR": str(data_dir)}


def quickstart(data_dir, *arguments):
    return subprocess.run(
        [sys.executable, "manage.py", "quickstart", *arguments],
        cwd=BASE_DIR,
        env=environment(data_dir),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def started(tmp_path, ready_site):
    """A data folder after the first quickstart, and what that printed."""
    return shutil.copytree(ready_site.data_dir, tmp_path / "data"), ready_site.printed


def test_the_first_start_prints_one_password_and_keeps_the_key_to_its_owner(started):
    data_dir, output = started
    assert len(re.findall(r"password\s+\S{16}", output)) == 1
    assert (data_dir / "settings.env").stat().st_mode & 0o777 == 0o600
    assert data_dir.stat().st_mode & 0o777 == 0o700


def test_everything_agrees_with_itself_after_the_first_start(started):
    data_dir, _output = started
    result = subprocess.run(
        [sys.executable, "manage.py", "verify"],
        cwd=BASE_DIR, env=environment(data_dir), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (result.returncode, result.stdout) == (0, "Everything agrees.\n"), result.stderr


def test_starting_again_serves_the_demo_monograph_changes_nothing_and_prints_no_password(started):
    data_dir, _output = started
    key = (data_dir / "settings.env").read_bytes()
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "manage.py", "quickstart", "--port", str(port)],
        cwd=BASE_DIR, env=environment(data_dir), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        start_new_session=True,
    )  # fmt: skip
    try:
        page = wait_for(lambda: _read(f"http://127.0.0.1:{port}/monographs/ketamine/", server))
        assert b"There are no reviews yet." in page
        assert page.count(b"Picture: Monograph Portal.") == 2
        stylesheet = re.search(rb'href="(/static/[^"]+\.css)"', page)[1].decode()
        assert urllib.request.urlopen(f"http://127.0.0.1:{port}{stylesheet}").status == 200
        picture = re.search(rb'src="(/media/[^"]+)"', page)[1].decode()
        assert (
            "sandbox" in urllib.request.urlopen(f"http://127.0.0.1:{port}{picture}").headers["Content-Security-Policy"]
        )
    finally:
        os.killpg(server.pid, signal.SIGINT)  # as Ctrl+C does
        output, _errors = server.communicate(timeout=60)

    assert f"http://127.0.0.1:{port}/" in output
    assert "password" not in output
    assert (data_dir / "settings.env").read_bytes() == key
    listing = (
        "from django.contrib.auth.models import Group, User; from monographs.models import Edition; "
        "print(*(model.objects.count() for model in (Edition, User, Group)))"
    )
    counts = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", listing],
        cwd=BASE_DIR, env=environment(data_dir), capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert counts.stdout.split() == ["1", "1", "4"]


def test_ctrl_c_stops_the_server_without_killing_a_worker(tmp_path, ready_site):
    server = Server(tmp_path / "data")
    server.copy(ready_site)
    command = server_command(server.port)
    command[command.index("--log-level") + 1] = "warning"
    command[command.index("--workers-kill-timeout") + 1] = "25"
    server.start(command)
    server.stop()
    assert server.process.returncode == 0
    assert "Killing" not in server.log


def _read(address, server):
    """Return a page, or None while the server does not answer yet."""
    assert server.poll() is None, server.stdout.read()
    with suppress(URLError):
        return urllib.request.urlopen(address).read()


def test_a_port_in_use_is_said_before_anything_is_set_up(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = quickstart(tmp_path, "--port", str(taken.getsockname()[1]))
    assert result.returncode == 1
    assert "Choose another: quickstart --port" in result.stderr
    assert not (tmp_path / "portal.sqlite3").exists()


@pytest.mark.parametrize("port", ["0", "70000"])
def test_a_port_that_is_none_is_refused(tmp_path, port):
    result = quickstart(tmp_path, "--port", port)
    assert result.returncode == 1
    assert "Choose a number from 1 to 65535" in result.stderr
