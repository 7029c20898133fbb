"""What holds for every test: where it may run, and what it may leave behind."""

import os
import time
from functools import cache as kept
from hashlib import sha256
from types import SimpleNamespace

import hypothesis
import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection, connections, transaction
from django.test import TransactionTestCase

from monographs import picture_formats

REQUIRED = set(os.environ.get("REQUIRE", "").split(","))
DATABASE = {"db", "transactional_db", "live_server"}
"""Fixtures that lead to one."""

DAY, LONGEST = 86_400, 60
"""Seconds: of a day, and of the longest test."""

KEPT = {"django_migrations", "django_content_type", "auth_permission"}
"""Tables with what `migrate` wrote into them."""

# The same examples each time, so that nothing new is found while something else is tested. HYPOTHESIS=explore looks
# for new ones. How long an example takes depends on what else the machine does, so no time is too long.
SLOW = [hypothesis.HealthCheck.too_slow]
hypothesis.settings.register_profile("repeat", derandomize=True, deadline=None, suppress_health_check=SLOW)
hypothesis.settings.register_profile("explore", deadline=None, suppress_health_check=SLOW)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS", "repeat"))


def pytest_collection_modifyitems(config, items):
    """Begin with the longest, so that no core waits for it at the end.

    Where PostgreSQL is required, choose what depends on a database: all else is the same as on SQLite.
    """
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    if "postgresql" not in REQUIRED:
        return
    config.hook.pytest_deselected(items=[item for item in items if not _depends_on_a_database(item)])
    items[:] = filter(_depends_on_a_database, items)


def _depends_on_a_database(item):
    if any(map(item.get_closest_marker, ("any_database", "sqlite"))):
        return False
    return any(map(item.get_closest_marker, ("django_db", "every_database"))) or DATABASE & set(item.fixturenames)


@kept
def _tables(alias):
    return sorted(
        set(connections[alias].introspection.django_table_names(only_existing=True, include_views=False)) - KEPT
    )


def _empty_what_is_filled(test):
    """Leave the database as `migrate` made it. Django empties every table and fills some again, which takes longer."""
    for alias in test._databases_names(include_mirrors=False):
        names = [connections[alias].ops.quote_name(name) for name in _tables(alias)]
        filled = (f"SELECT {number} WHERE EXISTS (SELECT 1 FROM {name})" for number, name in enumerate(names))
        with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
            cursor.execute(" UNION ALL ".join(filled))
            for (number,) in cursor.fetchall():
                cursor.execute(f"DELETE FROM {names[number]}")
    # A test that restored a backup may have given other numbers to the types.
    ContentType.objects.clear_cache()


TransactionTestCase._fixture_teardown = _empty_what_is_filled


@pytest.fixture(autouse=True)
def _needs_postgresql(request):
    if request.node.get_closest_marker("postgresql") and connection.vendor != "postgresql":
        reason = "needs PostgreSQL: set TEST_DATABASE_URL=postgres://user@host/name to a server that you may use"
        if "postgresql" in REQUIRED:
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture(autouse=True)
def _needs_sqlite(request):
    if request.node.get_closest_marker("sqlite") and connection.vendor != "sqlite":
        pytest.skip("is about SQLite alone: unset TEST_DATABASE_URL")


@pytest.fixture(autouse=True)
def _no_test_meets_midnight():
    """A test that asks for the day twice gets the same day: shortly before midnight it waits for the next."""
    left = DAY - time.time() % DAY
    if left < LONGEST:
        time.sleep(left)


@pytest.fixture
def signing_clock_stopped(monkeypatch):
    """What is signed from now on is as new as can be, however long the test takes."""
    now = time.time()
    monkeypatch.setattr("django.core.signing.time", SimpleNamespace(time=lambda: now))


@pytest.fixture(autouse=True)
def _nothing_kept_from_another_test():
    from reviews.fairness.report import counted_at

    cache.clear()
    counted_at.cache_clear()


@pytest.fixture(autouse=True)
def _media_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(scope="session", autouse=True)
def _each_picture_encoded_once():
    """What comes of a picture is always the same, and making it takes longer than all else that most tests do."""
    made = {}

    def encode(image, is_drawing):
        picture = image.mode, image.size, sha256(image.tobytes()).digest(), is_drawing
        if picture not in made:
            made[picture] = picture_formats.encode(image, is_drawing)
        return made[picture]

    with pytest.MonkeyPatch.context() as patches:
        patches.setattr("monographs.pictures.encode", encode)
        yield
