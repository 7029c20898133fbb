import io
import logging
import re
import sys
from ipaddress import ip_network

import pytest
from django.db import IntegrityError, transaction

from portal.logs import JSONFormatter, TextFormatter
from reviews.models import Review
from tests.factories import make_published
from tests.factories_reviews import make_review
from tests.serving import Server

pytestmark = pytest.mark.django_db


def test_every_answer_has_an_id_of_its_own(client):
    ids = {client.get(address)["X-Request-ID"] for address in ("/", "/nothing/", "/admin/login/")}
    assert len(ids) == 3
    assert all(re.fullmatch("[0-9a-f]{32}", known) for known in ids)


def test_the_id_of_a_trusted_proxy_is_taken_and_of_anyone_else_is_not(client, settings):
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/8")]
    given = {"headers": {"x-request-id": "trace-12345678"}}
    assert client.get("/", REMOTE_ADDR="10.0.0.1", **given)["X-Request-ID"] == "trace-12345678"
    assert client.get("/", REMOTE_ADDR="203.0.113.9", **given)["X-Request-ID"] != "trace-12345678"
    hostile = {"headers": {"x-request-id": "a\nforged line"}}
    assert "forged" not in client.get("/", REMOTE_ADDR="10.0.0.1", **hostile)["X-Request-ID"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", ["/monographs/ketamine/", "/monographs/"])
def test_a_page_that_the_server_keeps_for_others_carries_no_id(worker, path):
    make_published(slug="ketamine")
    assert "X-Request-ID" not in worker.ask(path)[1]
    assert "X-Request-ID" in worker.ask_django(path)[1]


def test_a_request_is_one_line_without_who_sent_it(client, caplog):
    with caplog.at_level(logging.INFO, "portal.requests"):
        client.get("/search/?q=secret+disease", REMOTE_ADDR="203.0.113.9", headers={"user-agent": "Browser 1"})
    [record] = [record for record in caplog.records if record.name == "portal.requests"]
    assert record.fields.keys() == {"method", "path", "status", "milliseconds"}
    assert record.fields["path"] == "/search/"
    assert "disease" not in record.getMessage()


def test_nobody_forges_a_line_of_the_log():
    try:
        raise ValueError("one\n2026-01-01 ERROR forged")
    except ValueError:
        record = logging.LogRecord(
            "x", logging.ERROR, "", 0, "Not Found: %s", ("/a\r\n2026 forged\x1b[2J",), sys.exc_info()
        )
    lines = TextFormatter("%(levelname)s %(message)s").format(record).splitlines()
    assert lines[0] == "ERROR Not Found: /a\\x0d\\x0a2026 forged\\x1b[2J"
    assert all(line.startswith("    ") for line in lines[1:])


def test_a_request_for_a_strange_host_is_one_line_of_the_log(client, monkeypatch):
    [console] = [handler for handler in logging.getLogger().handlers if type(handler) is logging.StreamHandler]
    stream = io.StringIO()
    monkeypatch.setattr(console, "stream", stream)
    assert client.get("/", headers={"host": "elsewhere.example"}).status_code == 400
    [line] = stream.getvalue().splitlines()
    assert "elsewhere.example" in line
    assert "ALLOWED_HOSTS" in line


@pytest.mark.parametrize("formatter", [TextFormatter("%(message)s"), JSONFormatter()])
def test_what_the_database_refuses_is_not_in_the_log(formatter):
    review = make_review(title="My illness", body="Two lines\n\nof my own", author_name="Ada Lovelace")
    try:
        with transaction.atomic():
            Review.objects.filter(pk=review.pk).update(rating=9)
    except IntegrityError:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "Internal Server Error", (), sys.exc_info())
    text = formatter.format(record)
    assert text.count("IntegrityError: ") + text.count("CheckViolation: ") == 2
    for told in ("My illness", "of my own", "Ada Lovelace"):
        assert told not in text


MAKE_REVIEW = """
from monographs.models import Monograph
from reviews.models import Review
monograph = Monograph.objects.get()
words = {"title": "A", "body": "B", "author_name": "C", "perspective": "own", "email": "ada@example.org", "rating": 4}
print(Review.objects.create(monograph=monograph, edition=monograph.edition_in_force, **words).token)
"""


@pytest.mark.sqlite
def test_the_lines_of_a_server_at_work_tell_neither_whose_page_was_asked_for_nor_who_asked(ready_site, tmp_path):
    asked_to_log = {"LOG_LEVEL": "info", "GRANIAN_LOG_ACCESS_ENABLED": "true", "GRANIAN_LOG_LEVEL": "debug"}
    server = Server(tmp_path / "site", TRUSTED_PROXIES="127.0.0.1", **asked_to_log)
    server.copy(ready_site)
    token = server.manage("shell", "-v0", "-c", MAKE_REVIEW).split()[-1]
    made_up = "made-up-token"
    server.restart()
    try:
        for page in ("", "edit/", "data/", "nothing/"):
            for known in (token, made_up):
                path = f"/reviews/mine/{known}/{page}?q=my+illness"
                server.get(path, **{"X-Forwarded-For": "203.0.113.77", "User-Agent": "Browser 1"})
    finally:
        server.stop()

    lines = [line for line in server.log.splitlines() if "/reviews/mine/" in line]
    assert sum("GET /reviews/mine/…/ 200 " in line for line in lines) == 1
    assert sum("GET /reviews/mine/…/edit/ 404 " in line for line in lines) == 1
    for secret in (token, token[:12], made_up, "illness", "203.0.113", "127.0.0.1", "Browser 1", "ada@"):
        assert secret not in server.log
