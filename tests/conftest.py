"""What holds for every test: where it may run, and what it may leave behind."""

import os

import pytest
from django.core.cache import cache
from django.db import connection

REQUIRED = set(os.environ.get("REQUIRE", "").split(","))


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
def _nothing_kept_from_another_test():
    from reviews.fairness.report import counted_at

    cache.clear()
    counted_at.cache_clear()


@pytest.fixture(autouse=True)
def _media_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
