"""What a process keeps of pages besides whole pages: frames, and the HTML of reviews."""

import random

import pytest
from django.core.cache import cache

from monographs.in_memory import InMemory, stores
from monographs.page_cache import stamp_of
from monographs.page_frame import FRAMES, Gaps
from tests.factories import make_published, make_user
from tests.factories_reviews import make_review

pytestmark = pytest.mark.django_db


def page(client, address="/monographs/ketamine/"):
    """Return a page that is made anew from what the process keeps."""
    cache.clear()
    return client.get(address, follow=True).content.decode()


def forget():
    for store in stores:
        store.clear()


def test_after_a_decision_a_page_shows_it_in_the_same_frame(client, django_assert_max_num_queries):
    monograph = make_published(slug="ketamine", body="The text.")
    review = make_review(monograph=monograph, title="Slept again")
    assert "There are no reviews yet." in page(client)
    review.approve(by=make_user())
    kept = stamp_of("ketamine").frame()

    with django_assert_max_num_queries(4):
        after = page(client)

    assert kept is stamp_of("ketamine").frame()
    assert "Slept again" in after
    assert "The text." in after


@pytest.mark.parametrize("seed", range(3))
def test_what_is_kept_never_shows_anything_else_than_a_page_made_from_nothing(client, seed):
    chance = random.Random(seed)
    moderator = make_user()
    monograph = make_published(slug="ketamine", title="Ketamine")
    make_published(slug="lidocaine", title="Lidocaine")
    public = []

    def approve():
        review = make_review(monograph=monograph, title=f"Title {chance.random()}", rating=chance.randint(1, 5))
        review.approve(by=moderator)
        public.append(review)

    def change(review):
        chance.choice(
            [
                lambda: review.reply(by=moderator, text=f"Answer {chance.random()}", name="Ann", role="Editor"),
                lambda: type(review).objects.filter(pk=review.pk).update(helpful_count=chance.randint(1, 9)),
                lambda: public.remove(review) or review.withdraw(),
            ]
        )()

    def publish():
        monograph.sections.update(body=f"Text {chance.random()}")
        monograph.publish(by=None, note="Next.", is_substantive=chance.random() < 0.5)

    def rename():
        monograph.refresh_from_db()
        monograph.slug = chance.choice(["ketamine", "esketamine"])
        monograph.save(update_fields=["slug"])

    events = [
        *(approve, approve, publish, rename),
        lambda: public and change(chance.choice(public)),
        lambda: make_published(title=f"Lido{chance.random()}"),
        lambda: monograph.set_review_interval(chance.choice([1, 24]), by=None),
    ]
    for _ in range(20):
        chance.choice(events)()
        for address in ("/monographs/ketamine/", "/monographs/ketamine/reviews/"):
            kept = page(client, address)
            forget()
            assert kept == page(client, address)


def test_a_frame_of_what_came_after_the_stamp_is_not_kept():
    """Else it would be there when the old value comes again."""
    monograph = make_published(slug="ketamine")
    stamp = stamp_of("ketamine")
    frame = Gaps().frame("The page.")
    monograph.set_review_interval(1, by=None)
    stamp.keep_frame(frame, stamp.edition())
    assert FRAMES.get(stamp.frame_key) is None

    monograph.set_review_interval(24, by=None)
    stamp.keep_frame(frame, stamp.edition())
    assert FRAMES.get(stamp.frame_key) is frame


def test_a_page_that_moved_names_its_new_address_at_once(client):
    monograph = make_published(slug="ketamine")
    client.get("/monographs/ketamine/")
    monograph.slug = "esketamine"
    monograph.save()
    assert "/monographs/ketamine/" not in client.get("/monographs/esketamine/").content.decode()


def test_a_store_keeps_as_many_bytes_as_it_may_and_lets_go_of_what_nobody_asks_for():
    store = InMemory(10)
    try:
        for key in "abc":
            store.keep(key, "1234")
            store.get("a")
        assert [key for key in "abc" if store.get(key)] == ["a", "c"]
        store.keep("large", "12345678901")
        assert store.get("large") is None
    finally:
        stores.remove(store)
