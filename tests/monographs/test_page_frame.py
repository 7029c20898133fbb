"""Frames of pages: stored when something is published, filled by each page, and never shown when they are not right."""

import io
import random
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from monographs import page_cache
from monographs.freezing import freeze, freeze_all
from monographs.models import PageFrame
from monographs.page_cache import stamp_of
from monographs.page_frame import Frame, Gaps
from tests.factories import make_published, make_user
from tests.factories_reviews import make_review
from tests.monographs.sign_off.acts import sign

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def page(client, address="/monographs/ketamine/"):
    """Return a page that is made anew from what the database holds."""
    cache.clear()
    return client.get(address, follow=True).content.decode()


def store_frames():
    return list(freeze_all())


def mark_frames():
    """Let every stored frame say where it comes from."""
    for row in PageFrame.objects.all():
        frame = Frame.stored(row.frame)
        text = frame.text.replace(b"</body>", b"From the stored frame</body>")
        PageFrame.objects.filter(pk=row.pk).update(compressed=PageFrame.compress(frame.mark + text))


def is_from_frame(text):
    return "From the stored frame" in text


def publish_other_text(monograph, **kwargs):
    monograph.sections.update(body="Another text.")
    monograph.publish(by=None, note="Next.", **kwargs)


def test_a_page_is_made_from_the_frame_that_publication_stored(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        make_published(slug="ketamine", body="The text.")
    assert "The text." in page(client)
    mark_frames()
    assert is_from_frame(page(client))


def test_a_page_from_a_stored_frame_asks_little_and_one_without_writes_nothing(client, django_assert_max_num_queries):
    make_published(slug="ketamine")
    with CaptureQueriesContext(connection) as queries:
        page(client)
    assert {query["sql"].split()[0] for query in queries} == {"SELECT"}
    assert not PageFrame.objects.exists()
    store_frames()
    with django_assert_max_num_queries(4):
        page(client)


def test_after_a_decision_a_page_shows_it_in_the_same_frame(client):
    monograph = make_published(slug="ketamine", body="The text.")
    review = make_review(monograph=monograph, title="Slept again")
    store_frames()
    mark_frames()
    assert "There are no reviews yet." in page(client)
    review.approve(by=make_user())
    after = page(client)
    assert is_from_frame(after)
    assert "Slept again" in after


def test_other_monographs_show_in_the_same_frame(client):
    make_published(slug="ketamine", title="Ketamine")
    store_frames()
    mark_frames()
    make_published(slug="lidocaine", title="Lidocaine")
    after = page(client)
    assert is_from_frame(after)
    assert "Lidocaine" in after


@pytest.mark.parametrize("seed", range(3))
def test_a_stored_frame_never_shows_anything_else_than_a_page_rendered_whole(client, seed):
    """Whatever happened since it was stored."""
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
        to_come = timezone.now() + HOUR if chance.random() < 0.3 else None
        monograph.publish(by=None, note="Next.", is_substantive=chance.random() < 0.5, public_from=to_come)

    def rename():
        monograph.refresh_from_db()
        monograph.slug = chance.choice(["ketamine", "esketamine"])
        monograph.save(update_fields=["slug"])

    def withdraw():
        edition = chance.choice(monograph.editions.filter(withdrawal=None) or [None])
        if edition:
            edition.withdraw(by=moderator, reason="It was wrong.")

    def look_through():
        if edition := monograph.edition_in_force:
            edition.record_review(by=moderator, name=f"Ann {chance.random()}")

    events = [
        *(approve, approve, publish, publish, rename, withdraw, look_through, store_frames, store_frames),
        lambda: public and change(chance.choice(public)),
        lambda: make_published(title=f"Lido{chance.random()}"),
        lambda: monograph.set_review_interval(chance.choice([1, 24]), by=None),
    ]
    for _ in range(25):
        chance.choice(events)()
        framed = page(client)
        stored = list(PageFrame.objects.all())
        PageFrame.objects.all().delete()
        assert framed == page(client)
        PageFrame.objects.bulk_create(stored)


@pytest.mark.parametrize(
    "change",
    [
        lambda monograph, settings, patch: patch.setattr(page_cache, "release_key", lambda: "of another release"),
        lambda monograph, settings, patch: setattr(settings, "LANGUAGE_CODE", "de"),
        lambda monograph, settings, patch: patch.setattr(page_cache, "get_script_prefix", lambda: "/below/"),
        lambda monograph, settings, patch: publish_other_text(monograph),
        lambda monograph, settings, patch: monograph.set_review_interval(1, by=None),
        lambda monograph, settings, patch: monograph.edition_in_force.record_review(by=make_user(), name="Ann"),
        lambda monograph, settings, patch: sign(monograph),
        lambda monograph, settings, patch: monograph.edition_in_force.withdraw(by=make_user(), reason="Wrong."),
    ],
)
def test_a_frame_that_is_no_longer_right_is_not_shown(change, client, settings, monkeypatch):
    monograph = make_published(slug="ketamine")
    store_frames()
    mark_frames()
    assert is_from_frame(page(client))
    change(monograph, settings, monkeypatch)
    assert not is_from_frame(page(client))


@pytest.mark.parametrize(
    "act",
    [
        lambda monograph: publish_other_text(monograph),
        lambda monograph: monograph.set_review_interval(1, by=None),
        lambda monograph: monograph.edition_in_force.record_review(by=make_user(), name="Ann"),
        lambda monograph: sign(monograph),
    ],
)
def test_every_act_that_changes_the_frame_stores_it_anew(act, django_capture_on_commit_callbacks):
    monograph = make_published(slug="ketamine")
    store_frames()
    with django_capture_on_commit_callbacks(execute=True):
        act(monograph)
    assert stamp_of("ketamine").stored_frame()
    assert PageFrame.objects.count() == 1


def test_rerender_editions_stores_the_frames_that_are_missing(django_capture_on_commit_callbacks):
    make_published(slug="ketamine")
    with django_capture_on_commit_callbacks(execute=True):
        call_command("rerender_editions", stdout=io.StringIO())
    assert stamp_of("ketamine").stored_frame()


def test_the_frame_of_a_scheduled_edition_is_there_when_its_time_comes(client):
    monograph = make_published(slug="ketamine", body="The first text.")
    publish_other_text(monograph, public_from=timezone.now() + HOUR)
    store_frames()
    assert "The first text." in page(client)
    frame, edition = stamp_of("ketamine", timezone.now() + 2 * HOUR).stored_frame()
    assert "Another text." in frame.filled(edition).decode()


def test_what_is_stored_already_is_not_made_again(django_assert_num_queries, monkeypatch):
    make_published(slug="ketamine")
    store_frames()
    monkeypatch.setattr(page_cache, "make_frame", None)
    store_frames()


def test_a_frame_of_what_came_after_the_stamp_is_not_stored(monkeypatch):
    """Else it would be there when the old value comes again."""
    monograph = make_published(slug="ketamine")
    before = stamp_of("ketamine")
    monograph.set_review_interval(1, by=None)
    monkeypatch.setattr("monographs.freezing.stamp_of", lambda slug, at: before)
    freeze([monograph.pk])
    assert not PageFrame.objects.exists()


def test_a_publication_stands_when_its_frame_cannot_be_made(client, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr("monographs.freezing.stamp_of", None)
    with django_capture_on_commit_callbacks(execute=True):
        make_published(slug="ketamine", body="The text.")
    assert "The text." in page(client)


def test_a_gap_is_where_its_mark_is_and_nowhere_else():
    gaps = Gaps()
    text = f"\0{gaps.leave('monographs/_review_count.html')}\0"
    assert gaps.frame(text).to_store == Frame.stored(gaps.frame(text).to_store).to_store
    assert Gaps().mark != gaps.mark


def test_a_page_that_moved_names_its_new_address_at_once(client):
    monograph = make_published(slug="ketamine")
    client.get("/monographs/ketamine/")
    monograph.slug = "esketamine"
    monograph.save()
    assert "/monographs/ketamine/" not in client.get("/monographs/esketamine/").content.decode()
