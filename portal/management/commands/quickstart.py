"""manage.py quickstart: from an empty machine to a portal that people can use."""

import os
import secrets
import socket
import sys
from io import StringIO

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from monographs.models import Monograph
from portal.groups import create_groups
from portal.paths import BASE_DIR
from portal.translations.places import SOURCE

DEMO = BASE_DIR / "monographs" / "demo" / "ketamine.md"
ACCOUNT = "admin"
WORKERS = 2
THREADS = 256
"""Of each worker. Most of them only ever wait for slow visitors (see portal.patience and portal.places)."""


class Command(BaseCommand):
    help = (
        "Set up everything that is missing (secret key, database, groups, static files, translations, the demo "
        "monograph, one account), then serve the portal on 127.0.0.1. What exists is kept."
    )

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000, help="the port to serve on (8000)")
        parser.add_argument("--no-serve", action="store_true", help="stop before serving")

    def handle(self, *, port, no_serve, **options):
        if not 1 <= port <= 65535:
            raise CommandError(f"--port {port} is not a port. Choose a number from 1 to 65535, such as 8000.")
        if not no_serve:
            _check_port(port)
        self._say("Database")
        call_command("migrate", verbosity=0, interactive=False)
        self._say("Static files")
        call_command("collectstatic", verbosity=0, interactive=False)
        self._compile_translations()
        self._say("Groups")
        create_groups()
        self._publish_demo()
        self._create_account()
        if not no_serve:
            self._serve(port)

    def _say(self, text):
        self.stdout.write(f"  {text}", ending="\n")
        self.stdout.flush()

    def _compile_translations(self):
        if settings.LANGUAGE_CODE == SOURCE:
            return
        self._say("Translations")
        try:
            call_command("translations", stdout=StringIO())
        except CommandError as error:
            self.stdout.write(f"  Readers see English. {error}")

    def _publish_demo(self):
        if Monograph.objects.exists():
            return
        self._say("Demo monograph")
        call_command("import_monograph", DEMO, stdout=self.stdout)
        try:
            Monograph.objects.get().publish(by=None, note=_("First edition."))
        except Monograph.CannotPublish as error:
            # With REQUIRE_SIGN_OFF even the demo waits for a clinician.
            self.stdout.write(f"  It is not published yet. {error}")

    def _create_account(self):
        """Create one account when there is none, and print its password, which is stored only as a hash."""
        users = get_user_model().objects
        if users.exists():
            return
        password = secrets.token_urlsafe(12)
        users.create_superuser(ACCOUNT, password=password)
        self.stdout.write(
            f"\n  Log in at /{settings.ADMIN_PATH}/ with\n    name      {ACCOUNT}\n    password  {password}"
        )
        self.stdout.write("  The password is shown this once.\n")

    def _serve(self, port):
        address = f"http://127.0.0.1:{port}"
        self.stdout.write(f"\n  The portal is at {address}/ (stop it with Ctrl+C)\n")
        self.stdout.flush()
        os.chdir(BASE_DIR)
        os.environ.setdefault("SITE_URL", address)
        # The server takes over this process, so that Ctrl+C and signals reach it and nothing else.
        os.execv(sys.executable, server_command(port))  # noqa: S606  (no shell: the arguments are a list)


def server_command(port):
    """Return the command that serves the portal, as a list.

    Without the server's own access log, whatever its environment variables say: it would have network addresses, whole
    query strings and the tokens of authors' links. What may be told of a request, `portal.request_log` tells. Its
    warnings are off as well: one at each start takes exception to the many threads, which `portal.places` is made for.
    """
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "portal.wsgi:application"),
        *("--host", "127.0.0.1", "--port", str(port)),
        *("--workers", str(WORKERS), "--blocking-threads", str(THREADS), "--workers-kill-timeout", "5"),
        *("--log-level", "error", "--no-access-log"),
    ]


def _check_port(port):
    """Raise CommandError when another program listens there, before anything is set up."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CommandError(
                f"Port {port} cannot be used ({error.strerror}). Choose another: quickstart --port {port % 65535 + 1}"
            ) from error
