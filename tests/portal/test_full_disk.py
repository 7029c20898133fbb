"""A disk that is really full, under the real server."""

import os
import re
import subprocess
import time
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

from tests.factories_reviews import ANSWERS
from tests.killing import FORM, OLD_ENOUGH
from tests.portal.resending import BODY, resend
from tests.serving import Server

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def small_disk(tmp_path):
    """A folder on a disk of 24 MB. Needs root and a kernel that lets us mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", folder], capture_output=True, text=True, check=False
    )
    if mount.returncode:
        pytest.skip(f"needs to mount a small disk, which only root may: {mount.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def post(server, path, data):
    """Return (status, headers, text) of a form that is sent."""
    request = Request(server.address + path, urlencode(data).encode())
    try:
        with urlopen(request, timeout=60) as page:
            return page.status, page.headers, page.read().decode()
    except OSError as error:
        return error.code, error.headers, error.read().decode()


@pytest.mark.sqlite
def test_on_a_full_disk_nothing_is_half_stored_and_it_goes_on_when_there_is_room(small_disk, ready_site):
    server = Server(small_disk)
    server.copy(ready_site)
    server.restart()
    try:
        page = server.get(FORM)[2]
        opened = re.search(r'name="opened" value="([^"]+)"', page)[1]
        _fill(small_disk / "filler")
        time.sleep(OLD_ENOUGH)
        status, headers, page = post(server, FORM, {**ANSWERS, "opened": opened, "body": BODY})
        assert (status, headers["Retry-After"]) == (503, "30")
        assert server.get("/monographs/ketamine/")[0] == 200
        (small_disk / "filler").unlink()
        status, _headers, page = post(server, FORM, resend(page))
        assert status == 200
        assert "Better every week." in page
    finally:
        server.stop()
    assert server.manage("verify") == "Everything agrees.\n"


def _fill(path):
    """Write until nothing fits any more."""
    with open(path, "wb", buffering=0) as file:
        try:
            while file.write(os.urandom(4096)):
                pass
        except OSError:
            return
