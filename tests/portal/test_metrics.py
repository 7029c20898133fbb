"""Figures for Prometheus, and slow queries in the log."""

import logging
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from portal import front_door, slow_queries
from portal.front_door import FrontDoor
from reviews.models import Card, Letter
from tests.factories import make_published
from tests.factories_reviews import make_review
from tests.serving import Server

TOKEN = "token-of-this-test-only"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


def figure(text, name, **labels):
    """Return a figure as a number, or None."""
    marks = "".join(f'(?=[^}}]*{label}="{re.escape(str(value))}")' for label, value in labels.items())
    found = re.search(rf"^{name}(?:{{{marks}[^}}]*}})? (\S+)$", text, re.MULTILINE)
    return found and float(found[1])


@pytest.fixture
def site(settings):
    settings.METRICS_TOKEN = TOKEN
    return Client(headers=BEARER)


@pytest.mark.django_db
def test_without_a_token_in_the_settings_there_is_no_such_page(client):
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"authorization": "Bearer "}).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("given", [None, "", "Bearer ", f"Bearer {TOKEN}x", TOKEN, "Basic YTpi"])
def test_only_who_sends_the_token_reads_the_figures(client, site, given):
    response = client.get("/metrics", headers={"authorization": given} if given is not None else {})
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Bearer"
    assert b"portal_" not in response.content


@pytest.mark.django_db
def test_requests_are_counted_by_the_name_of_their_address_and_never_by_the_address_itself(site):
    make_published(slug="ketamine")
    site.get("/monographs/ketamine/")
    site.get("/reviews/mine/1.secret/")
    site.get(f"/nothing/{uuid4().hex}/")
    text = site.get("/metrics").content.decode()
    assert figure(text, "portal_requests_total", route="monograph", status=200) >= 1
    assert figure(text, "portal_requests_total", route="my_review", status=404) >= 1
    assert figure(text, "portal_requests_total", route="none", status=404) >= 1
    assert figure(text, "portal_request_seconds_count", part="public") >= 3
    assert figure(text, "portal_made_pages_total") >= 1
    assert "secret" not in text
    assert "ketamine" not in text


@pytest.mark.django_db
def test_the_queue_and_letters_that_failed_are_read_from_the_rows(site):
    monograph = make_published()
    reviews = [make_review(monograph=monograph) for _ in range(3)]
    Card.objects.filter(pk=reviews[0].pk).update(since=timezone.now() - timedelta(hours=2))
    Letter.objects.create(kind=Letter.Kind.RECEIPT, review=reviews[0], due_at=timezone.now(), fault="TimeoutError")
    text = site.get("/metrics").content.decode()
    assert figure(text, "portal_queue_length") == 3
    assert 7200 <= figure(text, "portal_queue_age_seconds") < 7300
    assert figure(text, "portal_letters_failed") == 1


@pytest.mark.django_db(transaction=True)
def test_answers_from_kept_pages_are_counted_in_steps(worker, monkeypatch):
    monkeypatch.setattr(front_door, "STEP", 5)
    counted = []
    worker.application = FrontDoor(worker._through, worker.commits, count_kept=counted.append)
    make_published(slug="ketamine")
    for _ in range(12):
        worker.ask()
    assert counted == [5, 5]


def test_whichever_worker_answers_the_figures_are_of_all(tmp_path, ready_site):
    server = Server(tmp_path, METRICS_TOKEN=TOKEN)
    server.copy(ready_site)
    server.restart()
    try:
        before = _counted(server)
        for number in range(60):
            server.get(f"/reviews/mine/{number}/")
        seen = [_counted(server) for _ in range(8)]
    finally:
        server.stop()
    assert seen == [before + 60] * 8


def _counted(server):
    return figure(server.get("/metrics", **BEARER)[2], "portal_requests_total", route="my_review", status=404) or 0


@pytest.mark.django_db(transaction=True)
def test_a_slow_query_is_logged_without_its_values(settings, caplog, client):
    settings.SLOW_QUERY_MS = 0.0001
    slow_queries.watch()
    connection.close()
    try:
        with caplog.at_level(logging.WARNING, "portal.queries"):
            client.get("/search/?q=secretdisease")
    finally:
        slow_queries.connection_created.disconnect(dispatch_uid="portal.slow_queries")
        connection.execute_wrappers.clear()
    lines = [record.getMessage() for record in caplog.records if record.name == "portal.queries"]
    assert any("SELECT" in line and " ms: " in line for line in lines)
    assert "secretdisease" not in "".join(lines)
