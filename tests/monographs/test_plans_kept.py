"""PostgreSQL plans once what every page asks, where it is safe, and what is found stays what is there."""

import copy
import re
import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import pytest
from django.db import connection
from django.db.utils import ConnectionHandler

from monographs import prepared
from monographs.models import Monograph
from monographs.prepared import SOME_WORD, Prepared
from reviews.templatetags import reviews as _its_questions  # noqa: F401  (loaded by a template otherwise)
from tests.factories import make_published
from tests.plans import explain, read_whole

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def found(slug):
    return Monograph.objects.filter(slug=slug).order_by().values_list("slug")


def plans_kept(by):
    """Return {name: how many values it takes} of the plans that a connection keeps."""
    with by.cursor() as cursor:
        cursor.execute("SELECT name, cardinality(parameter_types) FROM pg_prepared_statements")
        return dict(cursor.fetchall())


def questions():
    """Return everything in the project that is prepared."""
    modules = [module for name, module in sys.modules.items() if name.startswith(("monographs.", "reviews."))]
    return {value for module in modules for value in vars(module).values() if isinstance(value, Prepared)}


def test_a_query_is_planned_once_for_all_values():
    question = Prepared(found, slug=SOME_WORD)
    for slug in ("ketamine", "lidocaine"):
        make_published(slug=slug)
    connection.close()
    for slug in ("ketamine", "lidocaine", "it's none", "ketamine"):
        assert question.tuples(slug=slug) == list(found(slug))
    assert len(plans_kept(connection)) == 1


@pytest.mark.django_db
def test_in_the_plan_for_all_values_an_index_leads_to_the_rows():
    assert len(questions()) >= 7
    for question in questions():
        question.rows(**question._stand_ins)
    assert len(plans_kept(connection)) == len(questions())
    for name, count in plans_kept(connection).items():
        query = f'EXECUTE "{name}"({", ".join(["NULL"] * count)})'
        assert read_whole(query) == set(), explain(query)


def test_a_migration_that_changes_what_a_query_returns_is_followed_at_once():
    question = Prepared(found, slug=SOME_WORD)
    make_published(slug="ketamine")
    assert question.tuples(slug="ketamine") == [("ketamine",)]
    alter = "ALTER TABLE monographs_monograph ALTER COLUMN slug TYPE varchar(%s)"
    usual = Monograph._meta.get_field("slug").max_length
    for length in (usual + 1, usual):
        with other_connection() as other, other.cursor() as cursor:
            cursor.execute(alter, [length])
        assert question.tuples(slug="ketamine") == [("ketamine",)]


@contextmanager
def other_connection(**settings):
    """Another connection to the database of the tests."""
    database = {**copy.deepcopy(connection.settings_dict), **settings}
    other = ConnectionHandler({"default": database})["default"]
    try:
        yield other
    finally:
        other.close()


def pass_on(source, target, change=bytes):
    while data := source.recv(65_536):
        target.sendall(change(data))
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)


def with_another_number(data):
    """Put another process number where PostgreSQL tells its own, in the message BackendKeyData."""
    return re.sub(rb"K\0\0\0\x0c.{4}", b"K\0\0\0\x0c\x7f\0\0\1", data, flags=re.DOTALL)


@contextmanager
def pooler():
    """Pass one connection on to PostgreSQL, under a process number of its own as PgBouncer does; yield the port."""
    where = connection.settings_dict
    server = where["HOST"] or "127.0.0.1", int(where["PORT"] or 5432)
    with socket.create_server(("127.0.0.1", 0)) as listener, ThreadPoolExecutor(2) as pool:

        def serve():
            client, _address = listener.accept()
            with client, socket.create_connection(server) as database:
                back = pool.submit(pass_on, database, client, with_another_number)
                pass_on(client, database)
                back.result()

        serving = pool.submit(serve)
        yield listener.getsockname()[1]
        serving.result()


def test_behind_a_pooler_no_plan_is_kept(monkeypatch):
    """Its connections are many people's: a plan of one would answer the question of another."""
    make_published(slug="ketamine")
    question = Prepared(found, slug=SOME_WORD)
    with pooler() as port, other_connection(HOST="127.0.0.1", PORT=port) as other:
        monkeypatch.setattr(prepared, "connection", other)
        for _ in range(3):
            assert question.tuples(slug="ketamine") == [("ketamine",)]
        assert not plans_kept(other)
