"""Redis as the cache of several processes; when it is gone, each goes on by itself."""

import logging
import shutil
import threading

import pytest
from django.core.cache import caches
from redis import Redis

from monographs import release
from monographs.open_forms import minute
from portal import cache as shared
from portal import service_urls
from tests.conftest import REQUIRED
from tests.factories import make_published
from tests.stack.services import RedisServer


@pytest.fixture
def redis():
    if not shutil.which("redis-server"):
        reason = "needs Redis: apt-get install redis-server"
        pytest.fail(reason) if "redis" in REQUIRED else pytest.skip(reason)
    server = RedisServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def cache(redis, settings, monkeypatch):
    """Make Redis the site's cache, and try it again at once when it was gone."""
    settings.CACHES = {"default": service_urls.cache(redis.address)}
    monkeypatch.setattr(shared, "PAUSE", 0)
    monkeypatch.setattr(shared.SharedCache, "_away_until", None)
    yield caches["default"]
    caches["default"]._own.clear()


@pytest.mark.parametrize("value", [b"page", "text ä", 7, b"", ""])
def test_what_one_process_keeps_another_finds(cache, value):
    cache.set("key", value)
    found = []
    other = threading.Thread(target=lambda: found.append(caches["default"].get("key")))
    other.start()
    other.join()
    assert found == [value]


def test_nothing_is_kept_that_would_have_to_be_run_to_be_read(cache):
    with pytest.raises(TypeError, match="not dict"):
        cache.set("key", {})


def test_without_redis_the_process_keeps_for_itself_says_so_once_and_finds_it_again(cache, redis, caplog):
    caplog.set_level(logging.WARNING, "portal.cache")
    cache.set("key", b"before")
    redis.stop()
    assert cache.get("key") is None
    cache.set("key", b"own")
    assert cache.get("key") == b"own"
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    redis.start()
    cache.set("key", b"after")
    assert cache.get("key") == b"after"
    assert [record.levelname for record in caplog.records] == ["ERROR", "WARNING"]


def test_a_cache_that_is_gone_is_left_alone_for_a_while(cache, redis, monkeypatch):
    monkeypatch.setattr(shared, "PAUSE", 3600)
    redis.stop()
    cache.set("key", b"own")
    redis.start()
    assert cache.get("key") == b"own"
    assert cache.is_away


@pytest.mark.django_db
def test_the_site_works_without_its_cache_and_is_ready(cache, redis, client):
    make_published(slug="ketamine")
    page = client.get("/monographs/ketamine/").content
    redis.stop()
    for _again in range(2):
        assert client.get("/monographs/ketamine/").content == page
    response = client.get("/readyz")
    assert (response.status_code, response.content.splitlines()[0]) == (200, b"ready")
    assert b"the cache does not answer" in response.content


@pytest.mark.django_db
def test_the_limit_of_the_api_counts_for_all_processes_and_for_each_when_the_cache_is_gone(
    cache, redis, client, settings, monkeypatch
):
    monkeypatch.setattr(minute.time, "time", lambda: 1_800_000_000)
    settings.API_PER_MINUTE = 3
    left = [client.get("/api/v1/topics")["RateLimit"].split(";")[1] for _ in range(2)]
    [count] = [key for key in Redis(port=redis.port).scan_iter() if b"api-" in key]
    Redis(port=redis.port).incr(count)  # as another process does
    assert left == ["r=2", "r=1"]
    assert client.get("/api/v1/topics").status_code == 429
    redis.stop()
    assert [client.get("/api/v1/topics").status_code for _ in range(4)] == [200, 200, 200, 429]


@pytest.mark.django_db
def test_no_page_outlives_its_release_in_a_shared_cache_or_a_browser(cache, client, settings):
    make_published(slug="ketamine")
    tag = client.get("/monographs/ketamine/")["ETag"]
    settings.RULES = {**settings.RULES, "SITE_NAME": "Another name"}
    settings.SITE_NAME = "Another name"
    release.release_key.cache_clear()
    try:
        response = client.get("/monographs/ketamine/", headers={"If-None-Match": tag})
        assert (response.status_code, response["ETag"] != tag) == (200, True)
        assert "Another name" in response.content.decode()
    finally:
        release.release_key.cache_clear()


def test_a_release_is_known_by_its_files(tmp_path, monkeypatch):
    for room in release.ROOMS:
        (tmp_path / room).mkdir()
    (tmp_path / "requirements.txt").write_text("Django")
    monkeypatch.setattr(release, "ROOT", tmp_path)
    keys = []
    for text in ("one", "two", "one"):
        (tmp_path / "templates" / "page.html").write_text(text)
        keys.append(release.release_key.__wrapped__())
    assert keys[0] == keys[2] != keys[1]
