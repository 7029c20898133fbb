""" "Was this page helpful?": one vote for each network and edition, counts for editors only."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from monographs.models import PageVote
from monographs.page_voting import vote
from tests.factories import make_published, make_user

pytestmark = pytest.mark.django_db

ADDRESS = "/monographs/ketamine/helpful/"


@pytest.fixture
def monograph():
    return make_published(title="Ketamine", slug="ketamine")


def votes():
    return list(PageVote.objects.values_list("edition__number", "is_helpful", "reason"))


def test_the_page_asks_and_an_answer_is_counted_once_for_each_network(client, monograph):
    assert f'action="{ADDRESS}"' in client.get("/monographs/ketamine/").content.decode()
    assert client.post(ADDRESS, {"answer": "yes", "edition": "1"}).status_code == 303
    client.post(ADDRESS, {"answer": "yes", "edition": "1"})
    client.post(ADDRESS, {"answer": "no", "edition": "1"}, REMOTE_ADDR="192.0.2.7")
    assert votes() == [(1, True, ""), (1, False, "")]


def test_after_no_a_reason_is_asked_for_and_an_answer_can_be_changed(client, monograph):
    page = client.post(ADDRESS, {"answer": "no"}, follow=True).content.decode()
    assert "It is hard to understand" in page
    page = client.post(ADDRESS, {"answer": "no", "reason": "unclear"}, follow=True).content.decode()
    assert votes() == [(1, False, "unclear")]
    assert "You said that the page was not helpful: “It is hard to understand”." in page
    client.post(ADDRESS, {"answer": "yes", "reason": "unclear"})
    assert votes() == [(1, True, "")]


def test_the_answer_is_about_the_edition_that_was_read(client, monograph):
    monograph.sections.update(body="New.")
    monograph.publish(by=None, note="Second.")
    client.post(ADDRESS, {"answer": "no", "edition": "1"})
    client.post(ADDRESS, {"answer": "yes", "edition": "2"})
    assert sorted(votes()) == [(1, False, ""), (2, True, "")]


@pytest.mark.parametrize("answer", ["", "maybe", "\x00", "yes" * 1000])
def test_what_is_no_answer_is_not_counted(client, monograph, answer):
    assert client.post(ADDRESS, {"answer": answer, "edition": answer}).status_code == 303
    assert client.post(ADDRESS, {"answer": "no", "reason": answer or "x"}).status_code == 303
    assert votes() == []


def test_looking_counts_nothing_and_sets_no_cookie(client, monograph):
    response = client.get(ADDRESS)
    assert response.status_code == 200
    assert not response.cookies
    assert response["Cache-Control"] == "private, no-store"
    assert votes() == []


def test_another_site_cannot_vote_for_its_visitors(client, monograph):
    response = client.post(ADDRESS, {"answer": "yes"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    assert votes() == []


def test_without_a_network_address_nothing_is_counted(monograph):
    vote(monograph.edition_in_force, is_helpful=True, address="")
    assert votes() == []


def test_a_page_that_is_not_public_takes_no_answer(client, monograph):
    monograph.edition_in_force.withdraw(by=None, reason="Wrong.")
    assert client.post(ADDRESS, {"answer": "yes"}).status_code == 404
    assert client.get("/monographs/nothing/helpful/").status_code == 404


def test_network_hashes_are_erased_in_time_and_the_counts_stay(client, monograph, settings):
    client.post(ADDRESS, {"answer": "yes"})
    PageVote.objects.update(at=timezone.now() - timedelta(days=settings.ADDRESS_RETENTION_DAYS, seconds=1))
    client.post(ADDRESS, {"answer": "no"}, REMOTE_ADDR="192.0.2.7")
    call_command("purge_personal_data")
    assert PageVote.objects.filter(network_hash="").count() == 1
    assert len(votes()) == 2


def test_the_database_refuses_a_second_vote_and_a_reason_for_yes(monograph):
    edition = monograph.edition_in_force
    for values in ({"network_hash": "a"}, {"network_hash": "b", "reason": "other"}):
        PageVote.objects.get_or_create(edition=edition, network_hash="a", defaults={"is_helpful": True})
        with pytest.raises(IntegrityError), transaction.atomic():
            PageVote.objects.create(edition=edition, is_helpful=True, **values)


def test_editors_see_the_counts_and_readers_do_not(client, monograph):
    for number, values in enumerate([{"is_helpful": True}, {"is_helpful": False, "reason": "unclear"}]):
        vote(monograph.edition_in_force, address=f"192.0.2.{number}", **values)
    assert "1 yes" not in client.get("/monographs/ketamine/").content.decode()
    assert "1 yes" not in client.get(ADDRESS).content.decode()
    page = reverse("admin:monographs_monograph_change", args=[monograph.pk])
    assert client.get(page).status_code == 302
    client.force_login(make_user())
    assert client.get(page).status_code == 403
    client.force_login(make_user("monographs.view_monograph"))
    page = client.get(page).content.decode()
    assert "Edition 1: 1 yes, 1 no" in page
    assert "It is hard to understand: 1" in page
