"""Secrets stay out of logs, errors and pages, and keys can be changed while people are logged in."""

import json
import subprocess
import sys
import time

import pytest
from django.test import Client
from django.urls import reverse

from portal.paths import BASE_DIR
from portal.security_txt import VALID_FOR
from tests.factories import make_monograph, make_published, make_user
from tests.factories_reviews import make_note, make_review, send_review
from tests.portal.test_quickstart import environment

SECRETS = {
    "database": "word-of-the-database",
    "mail": "word%20of%26'the%20mail",
    "key": "key-of-the-site-" + "k" * 50,
    "former key": "former-key-of-the-site-" + "f" * 50,
}
SECRET_WORDS = [*SECRETS.values(), "the mail", "word of"]

# Provokes errors of many kinds in a site whose database does not answer, and prints every page that it gets.
PROVOKE = """
import logging, os, django
django.setup()
from django.conf import settings
from django.core.mail import send_mail
from django.db import connection
from django.test import Client
client = Client(raise_request_exception=False, headers={"host": "localhost"})
for address in ("/", "/monographs/x/", "/reviews/mine/x/", "/admin/", "/readyz", "/nothing/", "/%00"):
    print(client.get(address).content.decode())
print(client.post("/admin/login/", {"username": "a", "password": "b"}).content.decode())
logger = logging.getLogger("anything")
logger.error("Settings: %s %s %s", settings.DATABASES, settings.SECRET_KEY, settings.EMAIL_HOST_PASSWORD)
try:
    raise RuntimeError(os.environ["DATABASE_URL"], settings.SECRET_KEY_FALLBACKS)
except RuntimeError:
    logger.exception("It failed")
for act in (connection.ensure_connection, lambda: send_mail("a", "b", "c@example.org", ["d@example.org"])):
    try:
        act()
    except Exception:
        logger.exception("It failed")
"""


def run(tmp_path, *arguments, **extra):
    result = subprocess.run(
        [sys.executable, *arguments],
        cwd=BASE_DIR,
        env={
            **environment(tmp_path),
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "SECRET_KEY": SECRETS["key"],
            "SECRET_KEY_FALLBACKS": SECRETS["former key"],
            "DATABASE_URL": f"postgres://me:{SECRETS['database']}@127.0.0.1:1/portal?connect_timeout=1",
            "EMAIL_URL": f"submission://me:{SECRETS['mail']}@127.0.0.1:1",
            "ALLOWED_HOSTS": "localhost",
            **extra,
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return result.stdout + result.stderr


@pytest.mark.parametrize(("log_format", "debug"), [("text", "true"), ("json", "false")])
def test_errors_of_every_kind_tell_no_secret(tmp_path, log_format, debug):
    output = run(tmp_path, "-c", PROVOKE, LOG_FORMAT=log_format, LOG_LEVEL="info", DEBUG=debug)
    assert "It failed" in output
    assert "connection to server" in output
    for secret in SECRET_WORDS:
        assert secret not in output


@pytest.mark.parametrize("command", ["migrate", "check", "verify", "purge_personal_data"])
def test_commands_that_fail_tell_no_secret(tmp_path, command):
    output = run(tmp_path, "manage.py", command)
    for secret in SECRET_WORDS:
        assert secret not in output


def test_a_log_line_as_json_can_be_read_by_machines(tmp_path):
    output = run(tmp_path, "-c", PROVOKE, LOG_FORMAT="json", LOG_LEVEL="info", DEBUG="false")
    lines = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    requests = [line for line in lines if line["logger"] == "portal.requests"]
    not_ready = next(line for line in requests if line["path"] == "/readyz")
    assert (not_ready["method"], not_ready["status"]) == ("GET", 503)
    assert any("OperationalError" in line.get("traceback", "") for line in lines)
    assert all(len(line["request_id"]) == 32 for line in requests)


# Links that let people act, and their addresses.


@pytest.mark.django_db
def test_logs_hold_no_authors_link_and_no_address(client, tmp_path, settings):
    from portal.masking import masked

    review = make_review(email="ada@example.org")
    line = masked(f"Not Found: {review.get_author_url()}withdraw/ and /sign-off/ab.cd/ for ada@example.org")
    assert line == "Not Found: /reviews/mine/…/withdraw/ and /sign-off/…/ for …"


# Rotation.


def rotate(settings, *, keep):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY] if keep else []
    settings.SECRET_KEY = "the-key-after-it-" + "n" * 50


@pytest.mark.django_db
@pytest.mark.parametrize("keep", [True, False])
def test_with_the_former_key_among_the_fallbacks_nobody_is_logged_out(client, settings, keep):
    client.force_login(make_user())
    rotate(settings, keep=keep)
    assert (client.get("/admin/").status_code == 200) is keep
    # Seen once under the new key, a session goes on without the old one.
    rotate_away = settings.SECRET_KEY_FALLBACKS
    settings.SECRET_KEY_FALLBACKS = []
    assert (client.get("/admin/").status_code == 200) is keep
    settings.SECRET_KEY_FALLBACKS = rotate_away


@pytest.mark.django_db
@pytest.mark.parametrize("keep", [True, False])
def test_with_the_former_key_among_the_fallbacks_links_go_on_working(client, settings, keep):
    monograph = make_published()
    review = make_review(monograph=monograph)
    author_url = review.get_author_url()
    sign_off = make_monograph().send_for_sign_off(by=make_user(), recipient="Dr Ada")
    note = make_note(monograph)
    rotate(settings, keep=keep)
    expected = 200 if keep else 404
    assert client.get(author_url).status_code == expected
    assert client.get(reverse("sign_off", args=[sign_off.token])).status_code == expected
    # A form that was open meanwhile is taken, or comes back with what was typed and a new note.
    assert send_review(Client(), monograph, opened=note).status_code == (303 if keep else 200)


# security.txt


@pytest.mark.django_db
def test_whom_to_tell_about_a_weakness_is_said_where_rfc_9116_says(client, settings):
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    response = client.get("/.well-known/security.txt")
    lines = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert lines["Contact"] == "mailto:security@example.org"
    assert lines["Canonical"] == "http://testserver/.well-known/security.txt"
    expires = time.mktime(time.strptime(lines["Expires"], "%Y-%m-%dT%H:%M:%SZ"))
    assert 0 < expires - time.time() < VALID_FOR.total_seconds() + 86_400
    assert not response.cookies


@pytest.mark.django_db
def test_without_a_contact_there_is_no_such_file(client):
    assert client.get("/.well-known/security.txt").status_code == 404
