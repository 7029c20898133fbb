"""A site on several machines, as portal/deploy/ describes it, all of it here: for one run, on free ports."""

import re
import secrets
import shlex
import shutil
import sys
from contextlib import ExitStack
from pathlib import Path

import botocore.session

from portal.paths import BASE_DIR
from portal.service_urls import media_storage
from tests.serving import Server
from tests.stack.nginx import HOST, Nginx, nginx_program
from tests.stack.services import ObjectServer, Postgres, RedisServer, program

UNIT = BASE_DIR / "portal" / "deploy" / "monograph-portal@.service"
TOKEN = "token-of-the-metrics-of-the-stack"


def unit_command(port):
    """Return the command of the deployment's systemd unit for one port, as a list."""
    [command] = re.findall(r"^ExecStart=(.*)$", UNIT.read_text().replace("\\\n", " "), re.MULTILINE)
    programs = str(Path(sys.executable).parent)
    return shlex.split(command.replace("/srv/monograph-portal/.venv/bin", programs).replace("%i", str(port)))


def missing_programs():
    """Return the names of programs that a Stack needs and this machine lacks."""
    found = {"nginx": nginx_program(), "redis-server": shutil.which("redis-server"), "initdb": program("initdb")}
    return [name for name, path in found.items() if not path]


class Stack(ExitStack):
    """PostgreSQL with a replica, Redis, a bucket, two processes of the portal with folders of their own, and nginx."""

    def __init__(self, folder):
        super().__init__()
        folder = Path(folder)
        folder.chmod(0o755)  # PostgreSQL runs under a name of its own
        self.primary, self.replica = Postgres(folder / "primary"), Postgres(folder / "replica")
        self.redis, self.objects = RedisServer(), ObjectServer()
        settings = {
            "SECRET_KEY": secrets.token_urlsafe(60),
            "SITE_URL": f"https://{HOST}",
            "ALLOWED_HOSTS": HOST,
            "TRUSTED_PROXIES": "127.0.0.1",
            "DATABASE_URL": self.primary.address,
            "REPLICA_URL": self.replica.address,
            "CACHE_URL": self.redis.address,
            "MEDIA_STORAGE_URL": self.objects.address,
            "METRICS_TOKEN": TOKEN,
            "LOGIN_ATTEMPTS": "3",
        }
        self.apps = [Server(folder / f"app-{number}", **settings) for number in (1, 2)]
        self.nginx = Nginx(folder / "nginx", [app.port for app in self.apps])

    def start(self):
        """Start everything, with the demo monograph and one account. It is stopped when the Stack is left."""
        for service in (self.primary, self.replica, self.redis, self.objects, self.nginx):
            self.callback(service.stop)
        for app in self.apps:
            self.callback(app.kill)
        self.primary.set_up()
        self.replica.copy(self.primary)
        self.redis.start()
        self.objects.start()
        options = media_storage(self.objects.address)["OPTIONS"]
        keys = {"aws_access_key_id": options["key"], "aws_secret_access_key": options["secret"]}
        server = {"endpoint_url": options["endpoint"], "region_name": options["region"]}
        client = botocore.session.Session().create_client("s3", **server, **keys)
        client.create_bucket(Bucket=options["bucket"])
        first, *others = self.apps
        first.set_up()
        for app in others:
            # The same release.
            shutil.copytree(first.data_dir / "static", app.data_dir / "static")
        for app in self.apps:
            app.start(unit_command(app.port))
        self.nginx.start()
