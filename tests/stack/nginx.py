"""The deployment's own nginx.conf, made to run here: on free ports, with a certificate of its own."""

import shutil
import subprocess
from pathlib import Path

from portal.paths import BASE_DIR
from tests.serving import free_port
from tests.waiting import wait_for

SITE = BASE_DIR / "portal" / "deploy" / "nginx.conf"
HOST = "monographs.example.org"
AROUND = """
pid {folder}/pid;
error_log {folder}/error.log warn;
daemon off;
worker_processes 1;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


def nginx_program():
    """Return the path of nginx, or None."""
    return shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin")


class Nginx:
    """nginx in a folder, in front of processes at these ports."""

    def __init__(self, folder, ports=(8001, 8002)):
        self.folder = Path(folder)
        self.port, plain = free_port(), free_port()
        self.process = None
        site = SITE.read_text()
        for told, here in {
            "listen 80;": f"listen 127.0.0.1:{plain};",
            "listen 443 ssl": f"listen 127.0.0.1:{self.port} ssl",
            f"/etc/letsencrypt/live/{HOST}": str(self.folder),
            "/var/lib/nginx/monograph-portal": f"{self.folder}/cache",
            "/var/log/nginx/": f"{self.folder}/",
            "127.0.0.1:8001": f"127.0.0.1:{ports[0]}",
            "127.0.0.1:8002": f"127.0.0.1:{ports[1]}",
        }.items():
            assert told in site, f"{SITE} does not say {told} any more."
            site = site.replace(told, here)
        self.folder.mkdir(exist_ok=True)
        (self.folder / "site.conf").write_text(site)
        (self.folder / "nginx.conf").write_text(AROUND.format(folder=self.folder))
        key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", "privkey.pem"]
        subject = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}", "-out", "fullchain.pem"]
        command = ["openssl", "req", "-x509", *key, *subject]
        subprocess.run(command, cwd=self.folder, check=True, capture_output=True)

    def _command(self, *arguments):
        return [
            nginx_program(),
            "-e",
            f"{self.folder}/error.log",
            "-p",
            str(self.folder),
            "-c",
            "nginx.conf",
            *arguments,
        ]

    def check(self):
        """Return what nginx says of its configuration, and whether it takes it."""
        result = subprocess.run(self._command("-t"), capture_output=True, text=True, check=False)
        return result.returncode == 0, result.stderr

    def start(self):
        self.process = subprocess.Popen(self._command())
        wait_for((self.folder / "pid").exists, self.process)

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait()
