"""What may happen to a review, and what may not."""

import pytest
from django.core import mail
from django.db import IntegrityError

from reviews.models import Decision, Review, Tally
from tests.factories import make_user
from tests.factories_reviews import (
    make_approved,
    make_rejected,
    make_review,
    make_unconfirmed,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db

Status = Review.Status


def test_a_review_starts_pending_and_uncounted():
    review = make_review()

    assert review.status == Status.PENDING
    assert Tally.objects.of(review.monograph_id).count == 0


def test_approving_makes_a_review_public_counts_it_and_writes_who_and_when():
    review = make_review(rating=4)
    moderator = make_user()

    decision = review.approve(by=moderator)

    review.refresh_from_db()
    assert review.status == Status.APPROVED
    assert review.decided_by == moderator
    assert review.decided_at == decision.at
    assert Tally.objects.of(review.monograph_id).stars_4 == 1
    stored = Decision.objects.get()
    assert (stored.review, stored.wording, stored.verdict, stored.by) == (review, 1, "approved", moderator)


def test_rejecting_writes_reason_and_message_and_counts_nothing():
    review = make_review()

    review.reject(by=make_user(), reason="advertising", message=" Please leave the shop out. ")

    review.refresh_from_db()
    assert review.status == Status.REJECTED
    assert Tally.objects.of(review.monograph_id).count == 0
    decision = review.decisions.get()
    assert decision.reason == Decision.Reason.ADVERTISING
    assert decision.message == "Please leave the shop out."


def test_a_rejection_without_a_message_uses_the_one_of_its_reason():
    decision = make_review().reject(by=make_user(), reason=Decision.Reason.COPIED)

    assert decision.message == str(Decision.Reason.COPIED.message)


@pytest.mark.parametrize("reason", list(Decision.Reason))
def test_every_reason_has_a_rule_and_a_message(reason):
    assert str(reason.rule).endswith(".")
    assert str(reason.message).endswith(".")


@pytest.mark.parametrize("reason", ["", "because", None])
def test_a_rejection_needs_one_of_the_reasons(reason):
    review = make_review()

    with pytest.raises(ValueError, match="not a valid"):
        review.reject(by=make_user(), reason=reason)

    review.refresh_from_db()
    assert review.status == Status.PENDING


def test_a_second_decision_on_the_same_wording_names_the_first_moderator_and_what_they_decided():
    review = make_review(title="Slept again")
    review.approve(by=make_user(first_name="Mary", last_name="Seacole"))

    with pytest.raises(Review.AlreadyDecided, match="“Slept again” was approved by Mary Seacole on") as caught:
        review.reject(by=make_user(), reason="abusive")

    assert caught.value.decision == Decision.objects.get()
    review.refresh_from_db()
    assert review.status == Status.APPROVED


@pytest.mark.parametrize("make", [make_approved, make_rejected])
def test_a_decided_review_cannot_be_decided_again_either_way(make):
    review = make()

    with pytest.raises(Review.AlreadyDecided):
        review.approve(by=make_user())
    with pytest.raises(Review.AlreadyDecided):
        review.reject(by=make_user(), reason="abusive")

    assert Decision.objects.count() == 1


@pytest.mark.parametrize("make", [make_unconfirmed, make_withdrawn])
def test_what_does_not_wait_cannot_be_decided(make):
    review = make()

    with pytest.raises(Review.WrongState, match=review.get_status_display()):
        review.approve(by=make_user())

    assert not Decision.objects.exists()


def test_a_review_that_was_withdrawn_after_its_approval_is_not_approved_again():
    review = make_approved()
    review.withdraw()

    with pytest.raises(Review.WrongState, match="withdrawn") as caught:
        review.approve(by=make_user())

    assert not isinstance(caught.value, Review.AlreadyDecided)


def test_withdrawing_takes_an_approved_review_out_of_the_tally_and_keeps_the_decision():
    review = make_approved(rating=2)

    review.withdraw()

    review.refresh_from_db()
    assert review.status == Status.WITHDRAWN
    assert review.withdrawn_at
    assert (review.decided_at, review.decided_by) == (None, None)
    assert Tally.objects.of(review.monograph_id).count == 0
    assert review.decisions.count() == 1


@pytest.mark.parametrize("make", [make_rejected, make_withdrawn])
def test_what_is_refused_or_withdrawn_cannot_be_withdrawn(make):
    with pytest.raises(Review.WrongState):
        make().withdraw()


def test_confirming_puts_an_unconfirmed_review_into_the_queue():
    review = make_unconfirmed()

    review.confirm()

    assert list(Review.objects.pending()) == [review]
    assert review.confirmed_at


@pytest.mark.parametrize("make", [make_review, make_approved, make_rejected, make_withdrawn])
def test_only_an_unconfirmed_review_can_be_confirmed(make):
    with pytest.raises(Review.WrongState):
        make().confirm()


def test_a_decision_that_fails_half_way_leaves_nothing_behind():
    review = make_review()
    Decision.objects.create(review=review, wording=1, verdict="approved", by=make_user())

    with pytest.raises(IntegrityError):
        review.approve(by=make_user())

    review.refresh_from_db()
    assert review.status == Status.PENDING
    assert Tally.objects.of(review.monograph_id).count == 0


def test_decisions_write_no_letter_to_who_gave_no_address(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        make_approved(email="")

    assert mail.outbox == []
