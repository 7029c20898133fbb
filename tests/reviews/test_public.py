"""What is public of reviews, and what is public nowhere."""

import html

import pytest
from django.urls import reverse
from django.utils import timezone

from reviews.models import Review
from tests.factories import make_published, make_user
from tests.factories_reviews import make_approved, make_rejected, make_review, make_unconfirmed, make_withdrawn

pytestmark = pytest.mark.django_db


def page_of(response):
    return html.unescape(response.content.decode())


def public_addresses(monograph, *reviews):
    """Every address at which a reader could come across a review."""
    yield from ("/", "/monographs/", "/search/?q=secret", monograph.get_absolute_url())
    yield reverse("edition", args=[monograph.slug, 1])
    reviews_url = reverse("reviews", args=[monograph.slug])
    yield from (
        reviews_url,
        f"{reviews_url}?stars=4",
        f"{reviews_url}?perspective=own",
        reverse("review_new", args=[monograph.slug]),
    )
    yield from (review.get_absolute_url() for review in reviews)


@pytest.mark.parametrize("make", [make_review, make_rejected, make_withdrawn, make_unconfirmed])
def test_what_is_not_approved_is_public_nowhere(client, make):
    monograph = make_published()
    make_approved(monograph=monograph)
    hidden = make(monograph=monograph, title="Secret title", body="Secret body.", author_name="Secret name")

    for address in public_addresses(monograph, hidden):
        page = page_of(client.get(address))
        for secret in ("Secret title", "Secret body.", "Secret name"):
            assert secret not in page, address
    assert client.get(hidden.get_absolute_url()).status_code == 404


def test_a_review_appears_with_its_approval_and_disappears_with_its_withdrawal(client):
    review = make_review(title="A title of its own")
    monograph = review.monograph
    addresses = [monograph.get_absolute_url(), reverse("reviews", args=[monograph.slug]), review.get_absolute_url()]

    def shown():
        return ["A title of its own" in page_of(client.get(address)) for address in addresses]

    assert shown() == [False, False, False]
    review.approve(by=make_user())
    assert shown() == [True, True, True]
    review.withdraw()
    assert shown() == [False, False, False]


def test_the_address_of_an_author_and_the_name_of_a_moderator_are_public_nowhere(client):
    moderator = make_user(username="m.seacole", first_name="Mary", last_name="Seacole")
    review = make_approved(email="ada@example.org", by=moderator)

    for address in public_addresses(review.monograph, review):
        page = page_of(client.get(address))
        assert "ada@example.org" not in page
        assert "eacole" not in page


def test_public_queries_load_no_private_column():
    make_approved(email="ada@example.org", network_hash="abc")

    review = Review.objects.approved().for_reading().get()

    assert {"email", "network_hash", "findings", "decided_by_id"} <= review.get_deferred_fields()


def test_the_permalink_says_everything_that_readers_need(client):
    review = make_approved(
        rating=2,
        title="Not for me",
        body="First.\n\nSecond,\nwith a break.",
        author_name="Grace",
        perspective="carer",
        reason_for_use="pain",
        form_taken="tablet",
        duration="weeks",
        experienced_on=timezone.localdate().replace(year=2025, month=3, day=1),
    )

    page = page_of(client.get(review.get_absolute_url()))

    assert 'aria-label="2 of 5 stars"' in page
    assert '<h1 dir="auto">Not for me</h1>' in page
    assert '<p dir="auto">First.</p>' in page
    assert '<p dir="auto">Second,<br>with a break.</p>' in page
    for words in ("Grace", "Carer or relative", "pain", "tablet", "Less than a month", "March 2025", "under edition 1"):
        assert words in page
    assert reverse("edition", args=[review.monograph.slug, 1]) in page


@pytest.mark.parametrize("pk", ["999", "0", "9" * 30])
def test_a_permalink_of_nothing_is_not_found(client, pk):
    assert client.get(f"/reviews/{pk}/").status_code == 404
