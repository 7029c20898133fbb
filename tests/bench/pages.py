"""How many monograph pages a second, against a bare Django view of the same size, side by side in one run.

Run with `.venv/bin/python tests/bench/pages.py`. Needs wrk (Debian: apt-get install wrk). Each contender runs on its
own granian with two workers; they are measured in turn, several rounds, and the medians are compared.
"""

import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROUNDS, SECONDS, CONNECTIONS = 5, 4, 16


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def serve(application, port, environment):
    return subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", application, "--host", "127.0.0.1",
         "--port", str(port), "--workers", "2", "--blocking-threads", "1", "--log-level", "critical"],
        cwd=ROOT, env=environment, start_new_session=True,
    )  # fmt: skip


def wait_for(address):
    for _ in range(200):
        try:
            return urllib.request.urlopen(address).read()
        except OSError:
            time.sleep(0.1)
    sys.exit(f"{address} does not answer.")


def requests_per_second(address):
    output = subprocess.run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", address], capture_output=True, text=True, check=True
    ).stdout
    if "Non-2xx" in output:
        sys.exit(f"{address} answered with errors:\n{output}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1])


def main():
    if not shutil.which("wrk"):
        sys.exit("wrk is missing. On Debian: apt-get install wrk")
    folder = Path(tempfile.mkdtemp(prefix="portal-bench-"))
    environment = {**os.environ, "DATA_DIR": str(folder / "data"), "PYTHONPATH": str(ROOT)}
    subprocess.run(
        [sys.executable, "manage.py", "quickstart", "--no-serve"],
        cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    page = folder / "page.html"
    ports = {name: free_port() for name in ("bare", "warm", "cold")}
    addresses = {name: f"http://127.0.0.1:{port}/" for name, port in ports.items()}
    for name in ("warm", "cold"):
        addresses[name] += "monographs/ketamine/"
    servers = [
        serve("portal.wsgi:application", ports["warm"], environment),
        serve(
            "tests.bench.cold:application", ports["cold"], {**environment, "DJANGO_SETTINGS_MODULE": "tests.bench.cold"}
        ),
    ]
    try:
        size = page.write_bytes(wait_for(addresses["warm"]))
        servers.append(serve("tests.bench.bare:application", ports["bare"], {**environment, "BARE_PAGE": str(page)}))
        for address in addresses.values():
            wait_for(address)
        rounds = {name: [] for name in addresses}
        for _ in range(ROUNDS):
            for name, address in addresses.items():
                rounds[name].append(requests_per_second(address))
    finally:
        for server in servers:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait()
        shutil.rmtree(folder)
    medians = {name: statistics.median(figures) for name, figures in rounds.items()}
    print(f"page of {size:,} bytes, {ROUNDS} rounds of {SECONDS} s, 2 workers each")
    for name, figures in rounds.items():
        spread = f"{min(figures):,.0f} to {max(figures):,.0f}"
        print(f"{name:5} {medians[name]:>9,.0f} requests/s ({spread})  {medians[name] / medians['bare']:.2f} of bare")


if __name__ == "__main__":
    main()
