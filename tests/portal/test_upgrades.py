"""A site of any earlier release comes to this one with everything that is in it."""

import io
import json
import os
from base64 import b64decode
from pathlib import Path

import pytest
from django.apps import apps
from django.core import serializers
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from reviews.models import Review
from tests.serving import database_of_its_own

STATES = sorted((Path(__file__).parent / "states").glob("*.json"))
"""Sites as earlier releases made them with their own code, with rows in every table; named after their migrations."""

GONE = {("monographs.edition", "search_names"), ("monographs.edition", "search_text")}
"""Columns that went: the index of the search holds their words."""

PAGES = [
    *("/", "/monographs/", "/topics/pain/", "/search/?q=ketamine", "/sitemap.xml", "/reviews/fairness/"),
    *(f"/monographs/{page}" for page in ("ketamine/", "ketamine/editions/1/", "ketamine/reviews/", "ketamine.json")),
]


@pytest.fixture
def empty_database(django_db_blocker, tmp_path):
    """Another database in place of that of the tests, without a table."""
    settings, address = connection.settings_dict, os.environ.get("TEST_DATABASE_URL")
    usual = settings["NAME"]
    with django_db_blocker.unblock(), database_of_its_own(address) as own:
        connection.close()
        settings["NAME"] = own["DATABASE_URL"].rpartition("/")[2] if own else tmp_path / "old.sqlite3"
        yield
        connection.close()
        settings["NAME"] = usual


def bring_to(state):
    """Migrate to a state of the portal's own apps, given as {app: migration}; return the apps as they were then."""
    executor = MigrationExecutor(connection)
    own = {"monographs", "reviews", "portal"}
    others = [node for node in executor.loader.graph.leaf_nodes() if node[0] not in own]
    return executor.migrate([*others, *state.items()]).apps


def fill(historical, rows):
    tables = []
    with transaction.atomic():
        for label, objects in rows.items():
            model = historical.get_model(label)
            tables.append(model)
            for pk, values in objects.items():
                _insert(model, pk, dict(values))
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)


def _insert(model, pk, values):
    row = model(pk=model._meta.pk.to_python(pk))
    for field in model._meta.concrete_fields:
        if field.name in values:
            setattr(row, field.attname, field.to_python(values.pop(field.name)))
    row.save_base(raw=True, force_insert=True)  # what a column adds by itself is in the file
    for name, others in values.items():
        getattr(row, name).set(others)


def stored(label):
    """Return {primary key: values} of a table as the files in `states` have it."""
    model = apps.get_model(label)
    rows = json.loads(serializers.serialize("json", model._base_manager.all()))
    found = {str(row["pk"]): row["fields"] for row in rows}
    for row in model._base_manager.all():
        for field in model._meta.many_to_many:
            found[str(row.pk)][field.name] = sorted(getattr(row, field.name).values_list("pk", flat=True))
    return found


@pytest.mark.every_database
@pytest.mark.parametrize("path", STATES, ids=lambda path: path.stem)
def test_everything_comes_along_from_an_earlier_release(path, empty_database, settings):
    site = json.loads(path.read_text())
    for name, content in site["files"].items():
        file = settings.MEDIA_ROOT / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b64decode(content))
    fill(bring_to(site["state"]), site["rows"])

    call_command("migrate", verbosity=0)

    lost = []
    for label, rows in site["rows"].items():
        now = stored(label)
        for pk, values in rows.items():
            for name, value in values.items():
                if (label, name) not in GONE and now.get(pk, {}).get(name, "nothing") != value:
                    lost.append((label, pk, name, value, now.get(pk, {}).get(name, "nothing")))
    assert not lost
    for command in ("rerender_editions", "rebuild_search"):
        call_command(command, stdout=io.StringIO())
    call_command("verify")  # what it finds is printed
    reviews = list(Review.objects.approved())
    for page in (*PAGES, *(review.get_absolute_url() for review in reviews), reviews[0].get_author_url()):
        assert Client().get(page).status_code == 200, page
    assert reviews[0].title in Client().get("/monographs/ketamine/").content.decode()
