"""One review per person, medicine and edition; and nobody learns from the site who has written one."""

import html
import re

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from reviews.mail import deliver_due
from reviews.models import Decision, Review, Tally, Wording
from reviews.second_review import first_of
from tests.factories import make_published, make_user
from tests.factories_reviews import (
    ANSWERS,
    make_approved,
    make_note,
    make_rejected,
    make_review,
    make_unconfirmed,
    make_withdrawn,
    make_wording,
    send_review,
)
from tests.races import at_once

pytestmark = pytest.mark.django_db

ADA = "ada@example.org"


def page_of(response):
    return html.unescape(response.content.decode())


def two_reviews(client, **kwargs):
    """Let one person send two reviews of one edition; return both."""
    monograph = make_published()
    for title in ("First", "Second"):
        send_review(client, monograph, email=ADA, title=title, body=f"{title} of all, it helped me sleep.", **kwargs)
    return list(Review.objects.order_by("pk"))


def choose(client, review, choice):
    return client.post(review.get_confirmation_url(), {"choice": choice})


def test_the_letter_about_a_second_review_offers_the_choice_and_the_first_ones_page(client):
    first, second = two_reviews(client)

    deliver_due()

    letter = mail.outbox[-1]
    assert letter.subject.startswith("You have two reviews of")
    assert first.get_author_url() in letter.body
    assert second.get_confirmation_url() in letter.body
    assert second.get_author_url() not in letter.body


def test_whoever_sends_a_second_review_does_not_learn_it_from_the_site(client):
    monograph = make_published()
    pages = []
    for address, network in ((ADA, "192.0.2.1"), (ADA, "192.0.2.2"), ("new@example.org", "192.0.2.3")):
        typed = _typed(monograph, address, body=f"It helped me sleep for {network[-1]} nights.")
        answer = client.post(reverse("review_new", args=[monograph.slug]), typed, REMOTE_ADDR=network)
        pages.append(page_of(client.get(answer.url)))

    assert len(Review.objects.all()) == 3
    known, unknown = pages[1:]
    assert "in the queue" in known
    assert _without_numbers(known) == _without_numbers(unknown)


def _typed(monograph, address, **answers):
    return {"opened": make_note(monograph), **ANSWERS, "email": address, **answers}


def _without_numbers(page):
    return re.sub(r"/reviews/mine/[^/]+/|\d+ others? (?:is|are) before|\d+", "", page)


def test_the_new_text_takes_the_place_of_the_first_and_is_erased_where_it_was(client):
    first, second = two_reviews(client)
    first.approve(by=make_user())

    question = page_of(client.get(second.get_confirmation_url()))
    answer = choose(client, second, "new")

    assert "Choose between your two reviews" in question
    assert answer.url == first.get_author_url()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, first.title, Wording.objects.newest(first).title) == ("approved", "First", "Second")
    assert (second.status, second.title) == ("withdrawn", "")


def test_the_first_is_kept_and_the_new_one_withdrawn(client):
    first, second = two_reviews(client)

    answer = choose(client, second, "first")

    assert answer.url == first.get_author_url()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == ("pending", "withdrawn")


@pytest.mark.parametrize("choice", ["", "both"])
def test_without_a_choice_nothing_happens(client, choice):
    _first, second = two_reviews(client)
    before = list(Review.objects.order_by("pk").values())

    assert "Choose between" in page_of(choose(client, second, choice))
    assert list(Review.objects.order_by("pk").values()) == before


def test_with_confirmation_on_only_one_of_two_enters_the_queue(client, settings):
    settings.REVIEWS_CONFIRM_EMAIL = True
    first, second = two_reviews(client)
    assert not Review.objects.pending().exists()

    client.post(first.get_confirmation_url())
    with pytest.raises(Review.SecondReview):
        second.confirm()

    assert list(Review.objects.pending()) == [first]
    choose(client, second, "new")
    assert list(Review.objects.pending().values_list("pk", "title")) == [(first.pk, "Second")]


@pytest.mark.parametrize(
    "other",
    [
        lambda: {"email": "grace@example.org"},
        lambda: {"email": ""},
        lambda: {"monograph": make_published()},
    ],
)
def test_another_person_or_medicine_makes_no_second_review(other):
    monograph = make_published()
    make_review(monograph=monograph, email=ADA)

    assert first_of(make_review(**{"monograph": monograph, "email": ADA, **other()})) is None


def test_another_edition_makes_no_second_review():
    monograph = make_published()
    first = make_review(monograph=monograph, email=ADA)
    monograph.sections.update(body="Something else.")
    monograph.publish(by=None, note="Second edition.")

    second = make_review(monograph=monograph, email=ADA)

    assert first_of(second) is None
    first.approve(by=make_user())
    second.approve(by=make_user())
    assert Tally.objects.of(monograph.pk).count == 2


def test_a_first_one_that_cannot_be_mended_or_was_withdrawn_is_in_nobodys_way():
    monograph = make_published()
    make_rejected(monograph=monograph, email=ADA, reason="advertising")
    make_review(monograph=monograph, email=ADA).withdraw()

    assert first_of(make_review(monograph=monograph, email=ADA)) is None


def test_a_second_review_is_not_published_and_its_moderator_is_told_why():
    first = make_approved(email=ADA)
    second = make_review(monograph=first.monograph, email=ADA)

    with pytest.raises(Review.SecondReview, match=f"number {first.pk}"):
        second.approve(by=make_user())

    second.reject(by=make_user(), reason=Decision.Reason.SECOND_REVIEW)
    assert not second.can_be_edited
    assert Tally.objects.of(first.monograph_id).count == 1


def test_a_wording_that_would_make_a_second_public_review_of_an_edition_is_not_published():
    first = make_approved(email=ADA)
    monograph = first.monograph
    monograph.sections.update(body="Something else.")
    monograph.publish(by=None, note="Second edition.")
    make_approved(monograph=monograph, email=ADA)
    first.edit(make_wording(first, title="Again", edition=monograph.edition_in_force))

    with pytest.raises(Review.SecondReview):
        first.approve(by=make_user())

    first.refresh_from_db()
    assert (first.status, first.edition.number) == ("approved", 1)
    assert not Tally.objects.differing_from_reviews()


def test_the_database_holds_that_one_is_public():
    first = make_approved(email=ADA)
    second = make_approved(monograph=first.monograph, email="grace@example.org")

    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.filter(pk=second.pk).update(email_hash=first.email_hash)


@pytest.mark.django_db(transaction=True)
def test_of_two_that_are_approved_at_the_same_moment_one_becomes_public():
    first = make_review(email=ADA)
    second = make_review(monograph=first.monograph, email=ADA)
    users = make_user(), make_user()

    results = at_once(
        lambda: Review.objects.get(pk=first.pk).approve(by=users[0]),
        lambda: Review.objects.get(pk=second.pk).approve(by=users[1]),
    )

    assert sorted(type(result).__name__ for result in results) == ["Decision", "SecondReview"]
    assert Tally.objects.of(first.monograph_id).count == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_that_are_confirmed_at_the_same_moment_one_enters_the_queue():
    first = make_review(email=ADA, status="unconfirmed")
    second = make_review(monograph=first.monograph, email=ADA, status="unconfirmed")

    results = at_once(Review.objects.get(pk=first.pk).confirm, Review.objects.get(pk=second.pk).confirm)

    assert sorted(type(result).__name__ for result in results) == ["NoneType", "SecondReview"]
    assert Review.objects.pending().count() == 1


def test_the_first_review_is_found_behind_any_number_that_were_withdrawn():
    monograph = make_published()
    for _number in range(21):
        make_withdrawn(monograph=monograph, email=ADA)
    first = make_review(monograph=monograph, email=ADA)
    second = make_unconfirmed(monograph=monograph)

    assert first_of(second) == first


# The same network.


def test_a_second_review_from_one_network_is_taken_and_its_page_offers_to_edit_the_first(client):
    monograph = make_published()
    bodies = "It helped me sleep.", "It made me dizzy for an hour."
    first, second = (client.get(send_review(client, monograph, body=body).url) for body in bodies)

    offer = "A review of this medicine has come from your network before."
    assert offer not in page_of(first)
    assert offer in page_of(second)
    assert reverse("my_links") in page_of(second)
    assert Review.objects.pending().count() == 2


def test_another_medicine_from_one_network_makes_no_offer(client):
    send_review(client, make_published(), body="It helped me sleep.")
    page = page_of(client.get(send_review(client, make_published(), body="It made me dizzy for an hour.").url))

    assert "from your network before" not in page
