"""How many monograph pages a second, against a bare Django view of the same size, side by side in one run.

`cold` is the page with nothing kept in memory, as after each decision about it or publication beside it, and what it
is compared with is `plain`, which queries and renders the same. The page has ten of twenty reviews.

Run with `.venv/bin/python tests/bench/pages.py [--database URL] [--threads N] [--beside NAME=ADDRESS]
[--encoding NAME]`. Needs wrk (Debian: apt-get install wrk). Each contender runs on its own granian with two workers,
and nginx, where there is one, serves the page as a file with two; `--beside` adds a server that runs already. `server`
is granian with the same bytes and no Django at all. They are measured in turn, several rounds, and the medians are
compared.

With `--encoding br` (or gzip, zstd) the page that is kept is asked for as browsers ask, and those who return constant
bytes, nginx too, return what comes then. Pages that are made anew are asked for as they are, since `plain` knows no
other way.
"""

import argparse
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
CONSTANT = {"bare": "tests.bench.bare:application", "server": "tests.bench.bare:constant_wsgi"}
"""Contenders that return the bytes of the page, whatever is asked."""

OTHER_PAGES = {"list": "/monographs/", "search": "/search/?q=ketamine"}
"""Pages beside the monograph's that the server keeps, of other sizes."""

UNKEPT = ("cold", "plain")
"""Contenders that make each page anew: modules beside this one."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def serve(application, port, environment, threads):
    return subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", application, "--host", "127.0.0.1",
         "--port", str(port), "--workers", "2", "--blocking-threads", threads, "--log-level", "critical"],
        cwd=ROOT, env=environment, start_new_session=True,
    )  # fmt: skip


NGINX = """
worker_processes 2; pid {folder}/nginx.pid; error_log stderr; daemon off;
events {{}}
http {{
    access_log off; default_type text/html; keepalive_requests 1000000000;
    server {{ listen 127.0.0.1:{port}; root {folder}; location = / {{ try_files /page.html =404; }} }}
}}
"""


def serve_file(folder, port):
    """Let nginx serve the page in a folder."""
    configuration = folder / "nginx.conf"
    configuration.write_text(NGINX.format(folder=folder, port=port))
    folder.chmod(0o755)
    return subprocess.Popen(["/usr/sbin/nginx", "-c", configuration], stderr=subprocess.DEVNULL, start_new_session=True)


def wait_for(address, encoding="identity"):
    """Return (body, ETag) of the first answer. Ends the run when none comes."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": encoding})
    for _ in range(200):
        try:
            with urllib.request.urlopen(request) as page:
                return page.read(), page.headers.get("ETag")
        except OSError:
            time.sleep(0.1)
    sys.exit(f"{address} does not answer.")


def requests_per_second(address, headers=(), *, errors_count=False):
    """Measure for SECONDS. An error ends the run, unless errors count: as answers that nobody gets."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", *(f"-H{header}" for header in headers), address]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", output)
    if wrong and not errors_count:
        sys.exit(f"{address} answered with errors:\n{output}")
    right = 1 - int(wrong[1]) / int(re.search(r"(\d+) requests in", output)[1]) if wrong else 1
    return float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1]) * right


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--beside", action="append", default=[], metavar="NAME=ADDRESS")
    parser.add_argument("--database", help="DATABASE_URL of an empty database; without it SQLite")
    parser.add_argument("--threads", default="1", help="of each worker; quickstart starts with 256")
    parser.add_argument("--encoding", default="identity", choices=("identity", "gzip", "br", "zstd"))
    options = parser.parse_args()
    if not shutil.which("wrk"):
        sys.exit("wrk is missing. On Debian: apt-get install wrk")
    folder = Path(tempfile.mkdtemp(prefix="portal-bench-"))
    environment = {**os.environ, "DATA_DIR": str(folder / "data"), "PYTHONPATH": str(ROOT)}
    if options.database:
        environment["DATABASE_URL"] = options.database
    for command in (["quickstart", "--no-serve"], ["populate", "--reviews", "20"]):
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
    page = folder / "page.html"
    ports = {name: free_port() for name in (*CONSTANT, "warm", *UNKEPT)}
    addresses = {name: f"http://127.0.0.1:{port}/" for name, port in ports.items()}
    asked = f"Accept-Encoding: {options.encoding}"
    headers = {name: [asked] for name in ("warm", *OTHER_PAGES)}
    for name in ("warm", *UNKEPT):
        addresses[name] += "monographs/ketamine/"
    servers = [serve("portal.wsgi:application", ports["warm"], environment, options.threads)]
    for name in UNKEPT:
        module = f"tests.bench.{name}"
        settings = {**environment, "DJANGO_SETTINGS_MODULE": module}
        servers.append(serve(f"{module}:application", ports[name], settings, options.threads))
    try:
        body, tag = wait_for(addresses["warm"], options.encoding)
        size = page.write_bytes(body)
        addresses["304"], headers["304"] = addresses["warm"], [asked, f"If-None-Match: {tag}"]
        for name, path in OTHER_PAGES.items():
            addresses[name] = f"http://127.0.0.1:{ports['warm']}{path}"
        for name, application in CONSTANT.items():
            servers.append(serve(application, ports[name], {**environment, "BARE_PAGE": str(page)}, options.threads))
        if Path("/usr/sbin/nginx").exists():
            port = free_port()
            servers.append(serve_file(folder, port))
            addresses["nginx"] = f"http://127.0.0.1:{port}/"
        others = dict(named.split("=", 1) for named in options.beside)
        addresses |= others
        for address in addresses.values():
            wait_for(address)
        rounds = {name: [] for name in addresses}
        for _ in range(ROUNDS):
            for name, address in addresses.items():
                rounds[name].append(requests_per_second(address, headers.get(name, ()), errors_count=name in others))
    finally:
        for server in servers:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait()
        shutil.rmtree(folder)
    medians = {name: statistics.median(figures) for name, figures in rounds.items()}
    print(f"page of {size:,} bytes ({options.encoding}), {ROUNDS} rounds of {SECONDS} s, 2 workers each")
    for name, figures in rounds.items():
        spread = f"{min(figures):,.0f} to {max(figures):,.0f}"
        print(f"{name:7} {medians[name]:>9,.0f} requests/s ({spread})  {medians[name] / medians['bare']:.2f} of bare")
    print(f"cold: {medians['cold'] / medians['plain']:.2f} of plain")


if __name__ == "__main__":
    main()
