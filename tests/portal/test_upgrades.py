"""A site of any earlier release comes to this one with everything that is in it."""

import io
import json
import os
import shutil
from base64 import b64decode
from contextlib import contextmanager
from itertools import count
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
def another_database(django_db_blocker, tmp_path):
    """Return a context manager: inside, Django has another database, empty or a copy of one. It gives its name."""
    settings, address, numbers = connection.settings_dict, os.environ.get("TEST_DATABASE_URL"), count()

    @contextmanager
    def put_in_place(copy_of=None):
        usual = settings["NAME"]
        connection.close()
        with django_db_blocker.unblock(), database_of_its_own(address, copy_of) as own:
            if own:
                settings["NAME"] = own["DATABASE_URL"].rpartition("/")[2]
            else:
                settings["NAME"] = tmp_path / f"{next(numbers)}.sqlite3"
                if copy_of:
                    shutil.copy(copy_of, settings["NAME"])
            try:
                yield settings["NAME"]
            finally:
                connection.close()
                settings["NAME"] = usual

    return put_in_place


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


@pytest.mark.long
@pytest.mark.every_database
def test_everything_comes_along_from_every_earlier_release(another_database, settings):
    with another_database() as on_the_way:
        for path in STATES:
            print(path.stem)  # noqa: T201  (shown where one fails)
            site = json.loads(path.read_text())
            historical = bring_to(site["state"])
            with another_database(copy_of=on_the_way):
                put_files(site["files"], settings.MEDIA_ROOT)
                fill(historical, site["rows"])
                call_command("migrate", verbosity=0)
                assert lost(site["rows"]) == []
                for command in ("rerender_editions", "rebuild_search"):
                    call_command(command, stdout=io.StringIO())
                call_command("verify")  # what it finds is printed
                visit()


def put_files(files, folder):
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b64decode(content))


def lost(tables):
    """Return what is not stored any more as it was, as (table, key, column, value then, value now)."""
    found = []
    for label, rows in tables.items():
        now = stored(label)
        for pk, values in rows.items():
            for name, value in values.items():
                if (label, name) not in GONE and now.get(pk, {}).get(name, "nothing") != value:
                    found.append((label, pk, name, value, now.get(pk, {}).get(name, "nothing")))
    return found


def visit():
    """Ask for pages with what came along."""
    reviews = list(Review.objects.approved())
    for page in (*PAGES, *(review.get_absolute_url() for review in reviews), reviews[0].get_author_url()):
        assert Client().get(page).status_code == 200, page
    assert reviews[0].title in Client().get("/monographs/ketamine/").content.decode()
