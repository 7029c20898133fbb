"""A replica answers readers while it has everything, and nobody notices when it lags or goes away.

Here a second connection to the same server stands for the replica; tests/checks/stack.py has a real one.
"""

import logging

import pytest
from django.db import DatabaseError, connections
from django.test.utils import CaptureQueriesContext

from portal import replica
from tests.factories import make_published, make_user
from tests.factories_reviews import make_review
from tests.portal.addresses import addresses

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]

UP_TO_DATE, BEHIND, NO_REPLICA = "pg_current_wal_insert_lsn()", "'0/1'::pg_lsn", "NULL::pg_lsn"


@pytest.fixture(autouse=True)
def _replica(settings, monkeypatch, transactional_db):
    usual = connections["default"]
    replayed_up_to(monkeypatch, UP_TO_DATE)
    monkeypatch.setattr(replica, "PAUSE", 0)
    monkeypatch.setattr(replica.ReadersFromReplica, "away_until", None)
    other = usual.copy()  # and not of the other alias, to which Django's tests let nobody connect
    connections[replica.ALIAS] = other
    monkeypatch.setitem(settings.DATABASES, replica.ALIAS, other.settings_dict)
    yield
    assert connections["default"] is usual
    connections[replica.ALIAS].close()
    del connections[replica.ALIAS]


def replayed_up_to(monkeypatch, position):
    monkeypatch.setattr(replica, "REPLAYED", position)


def asks_replica(client, path, **headers):
    """Whether the replica read anything for a page, which must be there."""
    with CaptureQueriesContext(connections[replica.ALIAS]) as queries:
        assert client.get(path, headers=headers).status_code == 200
    return any("monograph" in query["sql"] or "review" in query["sql"] for query in queries)


@pytest.mark.parametrize(
    "path",
    ["/", "/monographs/", "/monographs/ketamine/", "/monographs/ketamine/reviews/", "/search/?q=ketamine",
     "/api/v1/monographs", "/monographs/ketamine.json", "/sitemap.xml"],
)  # fmt: skip
def test_readers_read_from_a_replica_that_has_everything_and_never_from_one_that_lags(client, path, monkeypatch):
    make_published(slug="ketamine", title="Ketamine")
    assert asks_replica(client, path)
    replayed_up_to(monkeypatch, BEHIND)
    assert not asks_replica(client, path)


def test_who_is_logged_in_and_every_form_reads_from_the_primary(client):
    review = make_review(monograph=make_published(slug="ketamine"))
    for path in ("/monographs/ketamine/reviews/new/", "/monographs/ketamine/corrections/new/", review.get_author_url()):
        assert not asks_replica(client, path)
    client.force_login(make_user(is_superuser=True, is_staff=True))
    for path in ("/admin/", "/monographs/ketamine/"):
        assert not asks_replica(client, path)


def test_every_page_named_exists():
    assert {address.name for address in addresses()} >= replica.PAGES


@pytest.mark.parametrize("position", [NO_REPLICA, "no_such_function()"])
def test_a_replica_that_fails_is_reported_once_and_used_again_when_it_returns(client, monkeypatch, caplog, position):
    caplog.set_level(logging.WARNING, "portal.replica")
    make_published(slug="ketamine")
    replayed_up_to(monkeypatch, position)
    for _again in range(2):
        assert not asks_replica(client, "/monographs/")
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    replayed_up_to(monkeypatch, UP_TO_DATE)
    assert asks_replica(client, "/monographs/")
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"]


def test_a_replica_that_failed_is_left_alone_for_a_while(client, monkeypatch):
    monkeypatch.setattr(replica, "PAUSE", 3600)
    make_published(slug="ketamine")
    replayed_up_to(monkeypatch, NO_REPLICA)
    client.get("/monographs/")
    replayed_up_to(monkeypatch, UP_TO_DATE)
    assert not asks_replica(client, "/monographs/")


def test_when_the_replica_goes_away_in_the_middle_of_a_page_the_primary_makes_it(client):
    make_published(slug="ketamine", title="Ketamine")
    client.get("/monographs/")
    broken = []

    def fail(execute, sql, *arguments):
        if "monographs_" in sql:
            broken.append(sql)
            raise DatabaseError("terminating connection")
        return execute(sql, *arguments)

    with connections[replica.ALIAS].execute_wrapper(fail):
        assert "Ketamine" in client.get("/monographs/").content.decode()
    assert broken


def test_another_database_is_never_taken_for_the_replica(client, monkeypatch, caplog):
    make_published(slug="ketamine")
    monkeypatch.setattr(replica, "_identity", id)
    assert client.get("/monographs/").status_code == 200
    assert "the primary does (OtherDatabase)" in caplog.text
    assert b"no replica of DATABASE_URL" in client.get("/readyz").content


def test_readyz_tells_of_a_lag_and_stays_ready(client, monkeypatch):
    assert client.get("/readyz").content == b"ready\n"
    replayed_up_to(monkeypatch, BEHIND)
    response = client.get("/readyz")
    assert (response.status_code, b"the replica lags by " in response.content) == (200, True)
