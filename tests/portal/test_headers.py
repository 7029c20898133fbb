"""What every answer carries: pages, pictures, static files and errors alike."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from tests.factories import make_published, make_user

pytestmark = pytest.mark.django_db

NAME = "pictures/0123456789abcdef.png"


@pytest.fixture
def answers(client, settings):
    """One answer of each kind, by name."""
    settings.WHITENOISE_AUTOREFRESH = True
    settings.WHITENOISE_USE_FINDERS = True
    make_published(slug="ketamine")
    default_storage.save(NAME, ContentFile(b"picture"))
    client.raise_request_exception = False
    answers = {
        ("front page", 200): client.get("/"),
        ("monograph", 200): client.get("/monographs/ketamine/"),
        ("form", 200): client.get("/monographs/ketamine/reviews/new/"),
        ("picture", 200): client.get(f"/media/{NAME}"),
        ("static file", 200): client.get("/static/css/base.css"),
        ("redirect", 302): client.get("/admin/"),
        ("login", 200): client.get("/admin/login/"),
        ("missing", 404): client.get("/nothing/"),
        ("wrong method", 405): client.post("/"),
        ("wrong host", 400): client.get("/", headers={"host": "evil.example"}),
        ("no token", 403): Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x"}),
    }
    client.force_login(make_user(is_superuser=True))
    yield answers | {("desk", 200): client.get("/admin/")}
    for response in answers.values():
        response.close()


def test_every_answer_says_what_browsers_may_do_with_it(answers):
    for (kind, status), response in answers.items():
        headers = response.headers
        assert response.status_code == status, kind
        assert headers["X-Content-Type-Options"] == "nosniff", kind
        assert headers["Referrer-Policy"] in ("same-origin", "no-referrer"), kind
        assert headers["X-Frame-Options"] == "DENY", kind
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin", kind
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin", kind
        assert headers["Cross-Origin-Embedder-Policy"] == "require-corp", kind
        assert "camera=()" in headers["Permissions-Policy"], kind
        assert "default-src 'none'" in headers["Content-Security-Policy"], kind
        assert "unsafe" not in headers["Content-Security-Policy"], kind
        assert "Access-Control-Allow-Origin" not in headers, kind


def test_the_redirect_to_https_says_it_too(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    response = client.get("/monographs/ketamine/")
    assert (response.status_code, response["Location"]) == (301, "https://testserver/monographs/ketamine/")
    assert "default-src 'none'" in response["Content-Security-Policy"]


PUBLIC = [
    "/",
    "/monographs/",
    "/monographs/ketamine/",
    "/monographs/ketamine/reviews/",
    "/reviews/policy/",
    "/search/?q=k",
]


@pytest.mark.parametrize("session", ["abc", "x" * 32, "\0" * 3 + "x" * 32])
def test_what_caches_may_keep_says_the_same_to_whoever_has_a_cookie(client, session):
    make_published(slug="ketamine")
    client.cookies["session"] = session
    for path in PUBLIC:
        response = client.get(path)
        assert not response.cookies, path
        assert "Vary" not in response, path
    # Where no cache keeps the answer, a session that is gone is taken away as usual.
    assert client.get("/admin/login/").cookies["session"].value == ""


def test_with_https_browsers_are_told_to_stay_with_it(client, settings):
    settings.SECURE_HSTS_SECONDS = 31_536_000
    headers = client.get("/", secure=True).headers
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")
