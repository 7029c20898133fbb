"""Forms sent by programs, too fast, twice or too often, and forms that are closed."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reviews.models import Letter, Review
from reviews.submission import RECEIPTS_PER_HOUR, network_hash
from tests.factories import make_monograph, make_published
from tests.factories_reviews import ANSWERS, make_note, make_review, send_as_it_is, send_review
from tests.reviews.writing.refused import TYPED, assert_refused_with_everything_kept, page_of

pytestmark = pytest.mark.django_db


def test_a_program_that_fills_in_the_hidden_field_is_refused_and_a_person_loses_nothing(client, monograph):
    response = send_review(client, monograph, homepage="https://shop.example")

    assert_refused_with_everything_kept(response, "A field that people cannot see was filled in")
    assert "shop.example" not in page_of(response)


@pytest.mark.usefixtures("signing_clock_stopped")
def test_a_form_sent_too_fast_comes_back_and_can_be_sent_again_as_it_is(client, monograph):
    note = make_note(monograph, seconds_ago=2)

    response = send_review(client, monograph, opened=note)

    assert_refused_with_everything_kept(response, "sent very soon after it was opened")
    assert f'name="opened" value="{note}"' in page_of(response)


@pytest.mark.parametrize("made_up", ["", None, "1-2:3:4", "\x00", "é" * 500])
def test_a_form_without_a_true_note_comes_back_with_a_new_one(client, monograph, made_up):
    response = send_review(client, monograph, opened=made_up)

    assert_refused_with_everything_kept(response, "a part of it was lost on the way")
    assert re.search(rf'name="opened" value="{monograph.pk}-', page_of(response))


def test_a_form_that_was_open_for_more_than_a_day_comes_back_with_a_new_note(client, monograph):
    old = make_note(monograph, seconds_ago=25 * 3600)

    response = send_review(client, monograph, opened=old)

    assert_refused_with_everything_kept(response, "open for more than a day")
    assert old not in page_of(response)


def test_a_note_of_another_monograph_is_worth_nothing(client, monograph):
    response = send_review(client, monograph, opened=make_note(make_published()))

    assert_refused_with_everything_kept(response, "a part of it was lost on the way")


def test_the_note_on_the_page_is_good_for_the_form(client, monograph):
    page = page_of(client.get(reverse("review_new", args=[monograph.slug])))
    note = re.search(r'name="opened" value="([^"]+)"', page)[1]

    response = send_review(client, monograph, opened=note)

    assert "sent very soon" in page_of(response)


def test_pressing_send_twice_makes_one_review(client, monograph):
    note = make_note(monograph)

    first = send_review(client, monograph, opened=note)
    second = send_review(client, monograph, opened=note)

    assert Review.objects.count() == 1
    assert second.status_code == 303
    assert second.url == first.url


def test_another_text_in_a_form_that_was_sent_before_is_not_lost(client, monograph):
    note = make_note(monograph)
    send_review(client, monograph, opened=note)

    response = send_review(client, monograph, opened=note, body="What I thought of later.")

    assert response.status_code == 409
    assert Review.objects.count() == 1
    assert "What I thought of later." in page_of(response)
    assert note not in page_of(response)


def test_a_network_that_sends_too_many_is_told_when_to_come_back_and_loses_nothing(client, monograph, settings):
    settings.REVIEWS_PER_HOUR = 2
    sent = timezone.now() - timedelta(minutes=35)
    for _count in range(2):
        make_review(monograph=monograph, network_hash=network_hash("127.0.0.1"), submitted_at=sent)

    response = send_review(client, monograph)

    assert response.status_code == 429
    assert 1440 < int(response["Retry-After"]) <= 1500
    assert "You can send this one in 25 minutes." in page_of(response)
    assert all(typed in page_of(response) for typed in TYPED)
    assert Review.objects.count() == 2


def test_many_networks_together_do_not_fill_a_strangers_mailbox(client, monograph, settings):
    settings.REVIEWS_PER_HOUR = 100
    old = make_review(monograph=monograph, email="ada@example.org", submitted_at=timezone.now() - timedelta(hours=2))
    for number in range(RECEIPTS_PER_HOUR + 2):
        words = f"It helped in case {number} of many."
        answers = {"email": "Ada@example.org", "title": f"Title {number}", "body": words}
        assert send_as_it_is(client, monograph, **answers).status_code == 303
    assert Review.objects.exclude(pk=old.pk).count() == RECEIPTS_PER_HOUR + 2
    assert Letter.objects.count() == RECEIPTS_PER_HOUR
    send_as_it_is(client, monograph, email="grace@example.org")
    assert Letter.objects.count() == RECEIPTS_PER_HOUR + 1


def test_the_limit_counts_the_last_hour_and_one_network_only(client, monograph, settings):
    settings.REVIEWS_PER_HOUR = 1
    long_ago = timezone.now() - timedelta(minutes=61)
    make_review(monograph=monograph, network_hash=network_hash("127.0.0.1"), submitted_at=long_ago)
    make_review(monograph=monograph, network_hash=network_hash("192.0.2.1"))

    assert send_review(client, monograph).status_code == 303


def test_one_ipv6_network_is_one_however_many_addresses_it_has():
    assert network_hash("2001:db8::1") == network_hash("2001:db8::ffff")
    assert network_hash("2001:db8::1") != network_hash("2001:db8:0:1::1")
    assert network_hash("::ffff:192.0.2.1") == network_hash("192.0.2.1") != network_hash("192.0.2.2")


def test_addresses_are_kept_as_keyed_hashes_only(settings):
    before = network_hash("192.0.2.1")
    settings.SECRET_KEY = "another-" + "x" * 50

    assert "192" not in before
    assert len(before) == 64
    assert network_hash("192.0.2.1") != before
    assert network_hash("") == network_hash("unix:/run/portal") == ""


def test_while_reviews_are_closed_the_page_says_so_and_shows_no_form(client, monograph, settings):
    settings.REVIEWS_OPEN = False

    response = client.get(reverse("review_new", args=[monograph.slug]))

    assert response.status_code == 200
    assert "Reviews are closed at the moment" in page_of(response)
    assert 'name="rating"' not in page_of(response)


def test_a_review_sent_after_closing_is_refused_and_shown_to_be_copied(client, monograph, settings):
    settings.REVIEWS_OPEN = False

    response = send_review(client, monograph)

    assert response.status_code == 403
    assert all(typed in page_of(response) for typed in TYPED)
    assert not Review.objects.exists()


@pytest.mark.parametrize("slug", ["nothing", "draft"])
def test_only_a_public_monograph_takes_reviews(client, slug):
    make_monograph(slug="draft")

    assert client.get(reverse("review_new", args=[slug])).status_code == 404
    assert client.post(reverse("review_new", args=[slug]), ANSWERS).status_code == 404


def test_the_form_sets_no_cookie_varies_by_nothing_and_is_kept_by_no_shared_cache(client, monograph):
    for response in (
        client.get(reverse("review_new", args=[monograph.slug])),
        send_review(client, monograph, rating=""),
    ):
        assert not response.cookies
        assert "Vary" not in response.headers
        assert "private" in response["Cache-Control"]
        assert "no-store" not in response["Cache-Control"]


def test_a_form_from_another_site_needs_no_cookie(monograph):
    response = send_review(Client(enforce_csrf_checks=True), monograph)

    assert response.status_code == 303


def test_what_the_screening_saw_is_stored_with_the_review_and_refuses_nothing(client, monograph):
    response = send_as_it_is(client, monograph, body="Write to ada@example.org.", author_name="Call 020 7946 0018")

    assert response.status_code == 303

    findings = Review.objects.get().findings
    assert {(finding["kind"], finding["where"]) for finding in findings} >= {
        ("email", "body"),
        ("phone", "author_name"),
    }
