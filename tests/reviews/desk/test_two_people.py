"""Two people at the desk, or one who comes late; and what is taken back."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from reviews.models import Card, Decision, Review
from tests.factories import make_user
from tests.factories_reviews import make_moderator, make_review, make_wording
from tests.reviews.desk.acts import DESK, approve, at, page_of, reject

pytestmark = pytest.mark.django_db


# Two people, or one who comes late.


@pytest.mark.parametrize("act", [approve, reject])
def test_who_comes_second_is_told_who_decided_what_and_keeps_what_was_typed(desk, act):
    review = make_review(title="Slept again")
    seen = review.revision
    review.reject(by=make_user(first_name="Florence"), reason="copied")

    answers = {"yes-seen": seen, "no-seen": seen, "no-message": "My words.", "yes-message": "My words."}
    response = act(desk, review, **answers)

    page = page_of(response)
    assert response.status_code == 409
    assert "“Slept again” was rejected by Florence on" in page
    assert "That decision stands." in page
    assert "My words." in page
    assert "Next review" in page
    assert Decision.objects.count() == 1


def test_who_saw_an_earlier_state_is_shown_the_new_one_with_what_was_typed(desk):
    review = make_review(body="Before.")
    seen = review.revision
    review.edit(make_wording(review, body="After."))

    response = reject(desk, review, **{"no-seen": seen, "no-message": "My words."})

    page = page_of(response)
    assert response.status_code == 409
    assert "Something changed after you opened this review." in page
    assert "After." in page
    assert "My words." in page
    # Whoever sends it again has looked at what is there now.
    assert re.search(rf'name="no-seen" value="{review.revision}"', page)
    assert not Decision.objects.exists()


def test_a_review_that_was_withdrawn_meanwhile_needs_no_decision(desk):
    review = make_review()
    seen = review.revision
    review.withdraw()

    page = page_of(approve(desk, review, **{"yes-seen": seen}))

    assert "is withdrawn, so this cannot be done" in page
    assert "This review needs no decision now" in page


def test_opening_a_review_holds_it_for_one_and_shows_others_who_looks(desk, moderator):
    first, second = make_review(), make_review()
    other = Client()
    other.force_login(make_moderator())

    desk.get(at(first))
    assert other.get(DESK).url == at(second)
    page = page_of(other.get(at(first)))
    assert "Mary Seacole is looking at this review, since" in page
    assert 'data-key="a"' not in page
    assert "Mary is looking" in page_of(other.get(at(second)))

    response = approve(other, first)
    assert response.status_code == 409
    assert "Mary Seacole is looking" in page_of(response)
    assert not Decision.objects.exists()


def test_opening_another_review_lets_go_of_the_first(desk):
    first, second = make_review(), make_review()

    desk.get(at(first))
    desk.get(at(second))

    assert [card.holder() is not None for card in Card.objects.in_order()] == [False, True]


def test_a_review_is_taken_over_and_its_holder_is_told(desk):
    review = make_review()
    desk.get(at(review))
    florence = make_moderator(first_name="Florence")
    other = Client()
    other.force_login(florence)

    assert other.post(at(review, "take-over")).url == at(review)

    assert Card.objects.get().holder() == florence
    notice = desk.post(at(review, "hold"), {"seen": review.revision}).json()["notice"]
    assert "Florence is looking" in notice


def test_the_page_is_told_what_happened_while_it_was_open(desk):
    review = make_review()
    seen = review.revision

    def notice():
        return desk.post(at(review, "hold"), {"seen": seen}).json()["notice"]

    assert notice() == ""
    since = Card.objects.get().claimed_since
    assert notice() == ""
    assert Card.objects.get().claimed_since == since
    review.edit(make_wording(review, body="Other."))
    assert "Something changed" in notice()
    review.withdraw()
    assert "needs no decision any more" in notice()


def test_holding_ends_by_itself(desk):
    review = make_review()
    desk.get(at(review))
    Card.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    other = Client()
    other.force_login(make_moderator())

    assert "is looking" not in page_of(other.get(at(review)))
    assert approve(other, review).status_code == 302


# Undo.


def test_a_decision_is_taken_back_within_ten_seconds(desk):
    review = make_review()
    page = page_of(approve(desk, review, follow=True))
    decision = Decision.objects.get()
    assert "You approved" in page
    assert decision.final_at - decision.at == timedelta(seconds=10)

    response = desk.post(f"{DESK}undo/", {"decision": decision.pk}, follow=True)

    assert "The decision is taken back." in page_of(response)
    assert Review.objects.get().status == "pending"
    assert response.request["PATH_INFO"] == at(review)


def test_afterwards_the_decision_stands_and_undo_is_not_offered(desk, monkeypatch):
    review = make_review()
    address = approve(desk, review).url
    decision = Decision.objects.get()
    later = timezone.now() + timedelta(seconds=11)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)

    assert "You approved" not in page_of(desk.get(address))
    response = desk.post(f"{DESK}undo/", {"decision": decision.pk}, follow=True)
    assert "is over" in page_of(response)
    assert Review.objects.get().is_public


def test_nobody_takes_back_what_another_decided(desk):
    review = make_review()
    decision = review.approve(by=make_user(), undo_for=timedelta(seconds=10))

    assert "You approved" not in page_of(desk.get(f"{DESK}?undo={decision.pk}"))
    desk.post(f"{DESK}undo/", {"decision": decision.pk})
    assert Review.objects.get().is_public
