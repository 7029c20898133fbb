"""What a process keeps for itself is bounded in bytes, whatever is put there."""

from uuid import uuid4

import pytest

from portal import own_cache
from portal.own_cache import OwnCache


@pytest.fixture
def cache(monkeypatch):
    monkeypatch.setattr(own_cache, "MOST_BYTES", 10_000)
    return OwnCache(uuid4().hex, {})


def test_the_bytes_of_what_is_kept_are_bounded_and_what_was_asked_for_stays(cache):
    cache.set("wanted", b"w" * 1_000)
    for number in range(100):
        cache.set(number, b"x" * 1_000)
        assert cache.get("wanted")
        assert sum(map(len, cache._cache.values())) <= 10_000
    assert cache.get(99)
    assert cache.get(0) is None


def test_what_is_larger_than_everything_is_not_kept(cache):
    cache.set("large", b"x" * 10_001)
    assert cache.get("large") is None
    cache.set("small", 1)
    assert cache.incr("small") == 2
