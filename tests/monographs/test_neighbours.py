"""What stands beside a monograph on its page, and that a kept page never shows what is gone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from monographs.models import Edition, Topic
from monographs.neighbours import neighbours_of
from monographs.page_cache import stamp_of
from tests.factories import make_monograph, make_published

pytestmark = pytest.mark.django_db


def under(*names, title, **kwargs):
    """Publish a monograph under topics; return it."""
    monograph = make_monograph(title=title, slug=title.lower(), **kwargs)
    for name in names:
        monograph.topics.add(Topic.objects.get_or_create(name=name, slug=name.lower())[0])
    monograph.publish(by=None, note="First.")
    return monograph


def titles(monograph):
    found = neighbours_of(monograph.edition_in_force)
    return found.previous and found.previous.title, found.next and found.next.title


def page(client, slug):
    return client.get(f"/monographs/{slug}/").content.decode()


def test_the_alphabet_goes_on_from_one_monograph_to_the_next_whatever_their_accents_and_capitals():
    for title in ("Zopiclone", "aspirin", "Édaravone", "Diazepam"):
        make_published(title=title)
    order = {edition.title: titles(edition.monograph) for edition in Edition.objects.in_force()}
    assert order == {
        "aspirin": (None, "Diazepam"),
        "Diazepam": ("aspirin", "Édaravone"),
        "Édaravone": ("Diazepam", "Zopiclone"),
        "Zopiclone": ("Édaravone", None),
    }


def test_monographs_of_the_same_title_stand_beside_each_other():
    first, second, third = (make_published(title="Iron", slug=f"iron-{number}") for number in "abc")
    assert neighbours_of(first.edition_in_force).next.slug == "iron-b"
    assert neighbours_of(second.edition_in_force).previous.slug == "iron-a"
    assert neighbours_of(third.edition_in_force).next is None


def test_what_shares_the_most_topics_is_related_first_and_never_the_monograph_itself():
    ketamine = under("Pain", "Mood", title="Ketamine")
    under("Pain", title="Aspirin")
    under("Pain", "Mood", title="Zopiclone")
    under("Heart", title="Warfarin")
    assert [other.title for other in neighbours_of(ketamine.edition_in_force).related] == ["Zopiclone", "Aspirin"]


def test_only_what_is_in_force_is_a_neighbour():
    ketamine = under("Pain", title="Ketamine")
    under("Pain", title="Lidocaine").edition_in_force.withdraw(by=None, reason="Wrong.")
    later = make_monograph(title="Letrozole", slug="letrozole")
    later.publish(by=None, note="Later.", public_from=timezone.now() + timedelta(days=1))
    assert titles(ketamine) == (None, None)
    assert neighbours_of(ketamine.edition_in_force).related == []


def test_a_kept_page_shows_a_new_neighbour_at_once(client):
    under("Pain", title="Ketamine")
    assert "Lidocaine" not in page(client, "ketamine")
    under("Pain", title="Lidocaine")
    assert page(client, "ketamine").count("Lidocaine") == 2


def test_a_kept_page_forgets_a_neighbour_that_was_withdrawn(client):
    under("Pain", title="Ketamine")
    other = under("Pain", title="Lidocaine")
    assert "Lidocaine" in page(client, "ketamine")
    other.edition_in_force.withdraw(by=None, reason="Wrong.")
    assert "Lidocaine" not in page(client, "ketamine")


def test_a_kept_page_shows_a_neighbour_that_comes_by_the_clock(client, monkeypatch):
    make_published(title="Ketamine", slug="ketamine")
    hour = timedelta(hours=1)
    coming = timezone.now() + hour
    make_monograph(title="Lidocaine", slug="lidocaine").publish(by=None, note="Later.", public_from=coming)
    assert "Lidocaine" not in page(client, "ketamine")
    assert stamp_of("ketamine").until == coming.timestamp()
    monkeypatch.setattr(timezone, "now", lambda: coming)
    assert "Lidocaine" in page(client, "ketamine")


def test_a_neighbour_that_moved_is_found_at_its_old_address(client):
    make_published(title="Ketamine", slug="ketamine")
    other = make_published(title="Lidocaine", slug="lidocaine")
    assert "/monographs/lidocaine/" in page(client, "ketamine")
    other.slug = "lignocaine"
    other.save()
    assert client.get("/monographs/lidocaine/")["Location"] == "/monographs/lignocaine/"


def test_neighbours_cost_two_queries_and_one_for_each_topic(django_assert_num_queries):
    ketamine = under("Pain", "Mood", title="Ketamine")
    for number in range(5):
        under("Pain", title=f"Other{number}")
    edition = ketamine.editions.select_related("monograph").get()
    with django_assert_num_queries(4):
        neighbours_of(edition)
