"""What stands beside a review at the desk, what leads there, and what that costs."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reviews.models import Card
from tests.factories import make_user
from tests.factories_reviews import make_approved, make_rejected, make_review, make_withdrawn, make_wording
from tests.reviews.desk.acts import DESK, at, page_of

pytestmark = pytest.mark.django_db


def test_other_reviews_of_the_author_are_counted_and_linked_without_an_address(desk):
    same = {"email": "ada@example.org", "network_hash": "f" * 64}
    review = make_review(**same)
    make_approved(title="Another of hers", **same)
    make_rejected(title="And another", network_hash="f" * 64)
    make_review(title="Of somebody else", email="grace@example.org", network_hash="e" * 64)

    page = page_of(desk.get(at(review)))
    beside = page[page.index("desk-beside") : page.index("desk-queue")]

    assert "Same e-mail address" in beside
    assert "1 approved" in beside
    assert "Another of hers" in beside
    assert "And another" in beside
    assert "Of somebody else" not in beside
    assert "ada@" not in page
    assert "f" * 64 not in page
    assert review.email_hash not in page


def test_reviews_with_the_same_text_are_linked(desk):
    review, twin = (make_review(title=title, text_hash="a" * 32) for title in ("First", "Twin"))
    make_review(title="Another", text_hash="b" * 32)
    beside = page_of(desk.get(at(review))).partition("The same text")[2].partition("The same author")[0]

    assert "Twin" in beside
    assert f"/admin/reviews/review/{twin.pk}/change/" in beside
    assert "Another" not in beside


def test_a_text_too_short_to_be_told_from_others_is_not_looked_for_among_them(desk):
    review, _other = make_review(text_hash=""), make_review(text_hash="")
    with CaptureQueriesContext(connection) as queries:
        page = page_of(desk.get(at(review)))
    assert "The same text" not in page
    assert not [query["sql"] for query in queries if 'WHERE ("reviews_review"."text_hash"' in query["sql"]]


def test_earlier_wordings_and_decisions_are_listed(desk):
    review = make_rejected(reason="abusive", by=make_user(first_name="Florence"), body="The first words.")
    review.edit(make_wording(review, body="The second words."))

    page = page_of(desk.get(at(review)))

    assert "The first words." in page
    assert re.search(r"Rejected, .*Florence: Abusive", page)


def test_the_desk_shows_the_edition_that_the_review_was_written_under(desk):
    review = make_review()
    review.monograph.summary = "Another summary."
    review.monograph.save()
    review.monograph.publish(by=make_user(), note="Second.")

    assert f'href="{review.edition.get_absolute_url()}"' in page_of(desk.get(at(review)))


def test_the_desk_costs_the_same_with_3_cards_and_with_300(desk, django_assert_max_num_queries):
    review = make_review(email="ada@example.org", network_hash="f" * 64)
    for count in (2, 297):
        for _number in range(count):
            make_review(monograph=review.monograph)
        for address, most in ((at(review), 27), (f"{DESK}several/", 12)):
            with django_assert_max_num_queries(most):
                desk.get(address)


def test_a_review_that_needs_nobody_says_what_was_decided(desk):
    review = make_approved(by=make_user(first_name="Florence"), title="Slept again")

    page = page_of(desk.get(at(review)))

    assert "This review needs no decision now" in page
    assert "“Slept again” was approved by Florence" in page
    assert desk.get(at(make_withdrawn())).status_code == 200


def test_the_admins_index_leads_to_the_desk(desk):
    assert f'href="{DESK}"' in page_of(desk.get("/admin/"))
    assert reverse("admin:reviews_desk") == DESK


def test_the_admins_front_page_says_what_waits(client, desk):
    assert "No review waits for a decision." in page_of(desk.get("/admin/"))
    review = make_review(screened_as="crisis")
    Card.objects.update(since=timezone.now() - timedelta(days=3))
    for _number in range(4):
        make_review(monograph=review.monograph)

    page = page_of(desk.get("/admin/"))

    assert "1 may speak of danger to life" in page
    assert 'href="/admin/reviews/desk/">5 reviews wait' in page
    client.force_login(make_user("reviews.view_review"))
    assert "Reviews by readers" not in page_of(client.get("/admin/"))
