"""What a worker keeps of finished pages is bounded in bytes, and what people ask for stays."""

import random
from types import SimpleNamespace

import pytest

from portal import page_store
from portal.kept_page import Page
from portal.page_store import PageStore
from portal.pressing import PRESSED

MOST = 100_000
NAMES = ["", "br", "gzip", "zstd", PRESSED]


@pytest.fixture
def store(monkeypatch):
    monkeypatch.setattr(page_store, "MOST_BYTES", MOST)
    return PageStore()


def put(store, key, size):
    """Keep a page of so many bytes that cannot be compressed."""
    page = Page(SimpleNamespace(key="1"), [], random.Random(0).randbytes(size), store.look_again)
    store.put(key, page)
    return page


def bytes_of(store):
    """Return how many bytes the store holds, counted one by one."""
    bodies = [
        body for page in store._pages.values() for body in (page.body, *(e.body[0] for e in page.encoded.values()))
    ]
    return sum(len(body) for body in {id(body): body for body in bodies}.values())


@pytest.mark.parametrize("seed", range(5))
def test_the_bytes_of_pages_in_all_their_encodings_are_bounded(store, seed):
    chance = random.Random(seed)
    made = []
    for _ in range(200):
        if not made or chance.random() < 0.5:
            made.append(put(store, chance.randrange(50), chance.randrange(10_000)))
        else:
            # Also those that were let go: a thread may be answering with one.
            chance.choice(made)._make(chance.choice(NAMES))
        store.get(chance.randrange(50))
        assert bytes_of(store) <= MOST
    assert store._pages


def test_there_is_room_for_as_many_pages_as_fit(store):
    for key in range(10):
        put(store, key, MOST // 10)
    assert all(map(store.get, range(10)))
    put(store, "another", 1)
    assert store.get("another")
    assert sum(store.get(key) is not None for key in range(10)) == 9


def test_a_page_in_demand_outlasts_any_number_of_others(store):
    wanted = put(store, "wanted", 10_000)
    for key in range(1_000):
        put(store, key, 10_000)
        assert store.get("wanted") is wanted
    assert store.get(999)
    assert store.get(0) is None


def test_a_page_that_nobody_wants_any_more_is_let_go(store):
    put(store, "once", 10_000)
    store.get("once")
    for key in range(20):
        put(store, key, 10_000)
    assert store.get("once") is None


def test_a_page_that_is_larger_than_the_store_is_not_kept_and_others_stay(store):
    put(store, "small", 1_000)
    put(store, "large", MOST + 1)
    assert store.get("large") is None
    assert store.get("small")


def test_a_new_page_takes_the_place_of_the_one_before(store):
    put(store, "page", 60_000)
    new = put(store, "page", 60_000)
    assert store.get("page") is new
