"""The author's page: where a review stands, and what can be done."""

import pytest
from django.urls import reverse

from reviews.models import Appeal, Review, Wording
from tests.factories import make_user
from tests.factories_reviews import make_approved, make_rejected, make_review, make_withdrawn, make_wording
from tests.reviews.author_states import (
    MENDABLE,
    STATES,
    UNDO,
    address_of,
    make_change_refused,
    make_undecided,
    own_page,
    page_of,
    send_edit,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("make", STATES, ids=lambda make: make.__name__)
def test_the_page_says_where_the_review_stands_and_offers_what_can_be_done(client, make):
    words, acts = STATES[make]
    review = make()

    page = own_page(client, review)

    assert words in page
    assert {act for act in ("edit", "withdraw", "appeal") if address_of(review, act) in page} == acts


@pytest.mark.parametrize("make", STATES, ids=lambda make: make.__name__)
def test_each_act_works_or_says_why_not(client, make):
    _words, acts = STATES[make]

    review = make()
    answer = send_edit(client, review, title="Something else")
    newest = Wording.objects.newest(Review.objects.get(pk=review.pk))
    assert (answer.status_code, newest.title == "Something else") == ((303, True) if "edit" in acts else (409, False))
    assert "edit" in acts or "Something else" in page_of(answer)

    review = make()
    answer = client.post(address_of(review, "appeal"), {"text": "Look again & decide."})
    appealed = Appeal.objects.filter(text="Look again & decide.").exists()
    assert (answer.status_code, appealed) == ((303, True) if "appeal" in acts else (409, False))
    assert "appeal" in acts or "Look again & decide." in page_of(answer)

    review = make()
    assert client.post(address_of(review, "withdraw")).url == review.get_author_url()
    is_gone = Review.objects.get(pk=review.pk).status == Review.Status.WITHDRAWN
    assert is_gone == ("withdraw" in acts or make is make_withdrawn)


@pytest.mark.parametrize("act", ["edit", "appeal"])
@pytest.mark.parametrize("make", STATES, ids=lambda make: make.__name__)
def test_a_form_opens_where_it_can_be_sent_and_elsewhere_a_page_says_why_not(client, make, act):
    review = make()
    answer = client.get(address_of(review, act))

    assert answer.status_code == (200 if act in STATES[make][1] else 409)
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies


@pytest.mark.parametrize("act", ["", "edit", "appeal", "withdraw", "confirm"])
def test_only_the_right_token_opens_a_page(client, act):
    review = make_change_refused()
    name = f"my_review_{act}" if act else "my_review"
    right, other = review.token, review.confirmation_token
    if act == "confirm":
        right, other = other, right

    assert client.get(reverse(name, args=[right])).status_code in (200, 302, 303)
    for token in (other, f"{review.pk}.made-up", right[:-1]):
        for answer in (client.get(reverse(name, args=[token])), client.post(reverse(name, args=[token]))):
            assert answer.status_code == 404
            assert "Helped when nothing else had" not in page_of(answer)


def test_the_place_in_the_queue_is_told_and_the_usual_wait_once_there_are_enough_decisions(client):
    for _number in range(10):
        make_approved()
    first, second, third = make_review(), make_review(), make_review()

    assert "It is the first in the queue." in own_page(client, first)
    assert "1 other is before yours in the queue." in own_page(client, second)
    assert "2 others are before yours in the queue. Half of all reviews were decided within" in own_page(client, third)


def test_what_is_public_waits_for_nobody(client):
    make_review()

    assert "in the queue" not in own_page(client, make_approved())


def test_a_decision_that_can_still_be_taken_back_is_not_told(client):
    review = make_undecided()

    page = own_page(client, review)

    assert str(MENDABLE.label) not in page
    assert "decided not to publish" not in page
    assert str(MENDABLE.label) not in page_of(send_edit(client, review, title="Something else"))
    assert str(MENDABLE.label) not in page_of(client.get(address_of(review, "appeal")))


def test_a_decision_that_was_taken_back_is_never_told(client):
    review = make_review()
    moderator = make_user()
    review.reject(by=moderator, reason=MENDABLE, undo_for=UNDO).retract(by=moderator)

    page = own_page(client, review)

    assert "Your review waits for a person to read it" in page
    assert str(MENDABLE.label) not in page


def test_every_wording_and_decision_is_shown_and_never_who_decided(client):
    first, second = make_user(first_name="Mary", last_name="Seacole"), make_user(username="e.cavell")
    review = make_rejected(by=first, title="First wording", reason=MENDABLE)
    review.edit(make_wording(review, title="Second wording"))
    review.approve(by=first, message="Thank you for mending it.")
    review.edit(make_wording(review, title="Third wording"))
    review.reject(by=second, reason="abusive", message="Please stay calm.")
    review.appeal("I am calm.")
    review.reject(by=first, reason="abusive", message="You call somebody a fool.")

    page = own_page(client, review)

    for words in (
        "First wording",
        "Second wording",
        "Third wording",
        "Thank you for mending it.",
        "Please stay calm.",
        "I am calm.",
        "You call somebody a fool.",
        str(MENDABLE.rule),
    ):
        assert words in page
    for name in ("Seacole", "cavell", first.username):
        assert name not in page


def test_the_passages_that_were_marked_are_shown_by_a_mark_and_not_only_by_colour(client):
    body = "It helped. Call Dr Smith & ask."
    review = make_review(body=body)
    mark = {"where": "body", "start": body.index("Dr"), "end": body.index(" ask")}
    review.reject(by=make_user(), reason="about_a_person", marks=[mark])

    for address in (review.get_author_url(), address_of(review, "edit"), address_of(review, "appeal")):
        assert "It helped. Call <mark>Dr Smith &amp;</mark> ask." in client.get(address).content.decode()


@pytest.mark.parametrize(
    "mark",
    [
        {"where": "body", "start": 5, "end": 5},
        {"where": "body", "start": -3, "end": 2},
        {"where": "body", "start": 0, "end": 10_000},
        {"where": "email", "start": 0, "end": 3},
        {"where": "nothing", "start": 0, "end": 3},
    ],
)
def test_a_mark_that_lies_nowhere_shows_nothing(client, mark):
    review = make_review(email="ada@example.org")
    review.reject(by=make_user(), reason="about_a_person", marks=[mark])

    assert "<mark>" not in own_page(client, review)
