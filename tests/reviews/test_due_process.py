"""Edits, appeals, flags, undo and letters: what is owed to the author, and to who reports."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from reviews.appealing import refusal_to_appeal
from reviews.mail import deliver_due
from reviews.models import Appeal, Card, Decision, Flag, Letter, Review, Tally, Wording
from tests.factories import make_user
from tests.factories_reviews import make_approved, make_rejected, make_review, make_wording

pytestmark = pytest.mark.django_db

UNDO = timedelta(seconds=10)


def places():
    return [card.review for card in Card.objects.in_order()]


def test_a_new_wording_waits_beside_the_public_one_until_it_is_approved():
    review = make_approved(title="Before", rating=2)

    review.edit(make_wording(review, title="After", rating=5))

    assert (review.title, review.status) == ("Before", Review.Status.APPROVED)
    review.approve(by=make_user())
    review.refresh_from_db()
    assert (review.title, review.wording, review.next_wording) == ("After", 2, None)
    assert [bar.count for bar in Tally.objects.of(review.monograph_id).bars] == [1, 0, 0, 0, 0]
    assert [wording.title for wording in review.wordings.all()] == ["Before", "After"]


def test_a_new_wording_that_is_refused_leaves_the_public_one_in_place():
    review = make_approved(title="Before")
    review.edit(make_wording(review, title="After"))

    decision = review.reject(by=make_user(), reason="abusive")

    review.refresh_from_db()
    assert (review.title, review.status, decision.wording) == ("Before", Review.Status.APPROVED, 2)


def test_an_author_may_take_the_public_wording_down_while_the_new_one_waits():
    review = make_approved(title="Before")

    review.edit(make_wording(review, title="After"), stays_public=False)

    assert (review.title, review.status) == ("After", Review.Status.PENDING)
    assert Tally.objects.of(review.monograph_id).count == 0


def test_a_review_refused_for_a_reason_that_can_be_mended_is_mended_and_read_again():
    review = make_rejected(reason=Decision.Reason.PERSONAL_DETAILS)

    review.edit(make_wording(review, body="Without the number."))

    assert review.status == Review.Status.PENDING
    assert review.decided_by is None
    review.approve(by=make_user())
    assert review.decisions.count() == 2


def test_a_review_refused_for_advertising_cannot_be_mended_but_appealed():
    review = make_rejected(reason=Decision.Reason.ADVERTISING)

    with pytest.raises(Review.WrongState, match="You can appeal instead"):
        review.edit(make_wording(review, body="Other words."))

    assert review.appeal("It sold nothing.").against == review.decisions.get()


def test_an_edit_is_screened_anew():
    review = make_approved()

    review.edit(make_wording(review, body="Buy it from us on Telegram, no prescription needed, fast shipping."))

    waiting = Wording.objects.get(review=review, number=2)
    assert waiting.findings
    assert waiting.screened_as == "spam"


def test_another_moderator_than_the_first_answers_an_appeal():
    first = make_user()
    review = make_rejected(by=first)
    review.appeal("I named nobody.")

    with pytest.raises(Appeal.SamePerson):
        review.approve(by=first)

    decision = review.approve(by=make_user(), message="You are right.")
    assert decision.cause == Decision.Cause.APPEAL
    assert review.is_public
    assert Appeal.objects.get().answer == decision


def test_a_refusal_is_appealed_against_once():
    review = make_rejected()
    review.appeal("Please look again.")
    review.reject(by=make_user(), reason="advertising")

    with pytest.raises(Appeal.NotPossible):
        review.appeal("And again.")


@pytest.mark.parametrize(("days", "is_possible"), [(13, True), (15, False)])
def test_a_refusal_is_appealed_against_in_time(settings, monkeypatch, days, is_possible):
    settings.APPEAL_DAYS = 14
    review = make_rejected()
    later = timezone.now() + timedelta(days=days)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)

    assert (refusal_to_appeal(review) is not None) == is_possible


def test_an_appeal_needs_a_text():
    with pytest.raises(ValueError, match="needs a text"):
        make_rejected().appeal("   ")


def test_flags_gather_on_one_card_and_come_back_after_an_earlier_keep():
    review = make_approved()
    review.flag(reason="abusive", address="192.0.2.1")
    review.flag(reason="danger", address="192.0.2.2")

    [card] = Card.objects.all()
    assert (card.matter, card.flag_count, card.place) == ("flags", 2, Card.Place.CRISIS)
    kept = review.approve(by=make_user())
    assert kept.cause == Decision.Cause.FLAGS
    assert set(review.flags.values_list("status", flat=True)) == {"dismissed"}
    assert not Card.objects.exists()

    review.flag(reason="abusive", address="192.0.2.1")
    assert Card.objects.get().flag_count == 1


def test_the_same_network_flags_a_review_once_while_it_is_open():
    review = make_approved()

    first = review.flag(reason="abusive", address="192.0.2.1")

    assert review.flag(reason="other", address="192.0.2.1") == first
    assert Flag.objects.count() == 1


def test_an_upheld_flag_takes_the_review_down_with_a_reason_its_author_can_appeal_against():
    review = make_approved()
    review.flag(reason="abusive")

    decision = review.reject(by=make_user(), reason="abusive")

    assert review.status == Review.Status.REJECTED
    assert Tally.objects.of(review.monograph_id).count == 0
    assert review.appeal("It is not.").against == decision


@pytest.mark.parametrize("make", [make_review, make_rejected])
def test_only_what_is_public_can_be_flagged(make):
    with pytest.raises(Review.WrongState):
        make().flag(reason="abusive")


def test_the_queue_is_in_order_of_urgency_then_of_waiting_time():
    ordinary = make_review()
    spam = make_review(screened_as="spam")
    later = make_review()
    appealed = make_rejected()
    appealed.appeal("Please look again.")
    flagged = make_approved()
    flagged.flag(reason="abusive")
    crisis = make_review(screened_as="crisis")

    assert places() == [crisis, flagged, appealed, ordinary, later, spam]
    assert [card.ahead() for card in Card.objects.in_order()] == [0, 1, 2, 3, 4, 5]


def test_a_moderator_who_saw_an_earlier_state_is_told_to_look_again():
    review = make_review()
    seen = review.revision
    review.edit(make_wording(review, title="After"))

    with pytest.raises(Review.Changed):
        review.approve(by=make_user(), seen=seen)
    review.approve(by=make_user(), seen=review.revision)


def test_nobody_decides_their_own_review():
    review = make_review(email="Ada@example.org")

    with pytest.raises(Review.OwnReview):
        review.approve(by=make_user(email="ada@example.org"))


def test_a_card_is_held_by_one_moderator_until_the_time_is_over_or_it_is_taken_over():
    card = make_review().card
    first, second = make_user(), make_user()

    assert Card.objects.claim(card.pk, by=first)
    assert not Card.objects.claim(card.pk, by=second)
    assert Card.objects.claim(card.pk, by=second, take_over=True)
    assert not Card.objects.free_for(first).exists()
    Card.objects.update(claimed_until=timezone.now() - UNDO)
    assert Card.objects.claim(card.pk, by=first)


def test_a_letter_waits_until_the_decision_is_final_and_is_not_sent_when_it_was_taken_back():
    review = make_review(email="ada@example.org")
    moderator = make_user()
    decision = review.reject(by=moderator, reason="abusive", undo_for=UNDO)

    assert deliver_due() == (0, 0)
    decision.retract(by=moderator)
    assert deliver_due(timezone.now() + UNDO) == (0, 0)

    review.refresh_from_db()
    review.approve(by=moderator, undo_for=UNDO)
    assert deliver_due(timezone.now() + UNDO) == (1, 0)
    assert "is published" in mail.outbox[0].subject


def test_a_letter_that_failed_is_sent_by_the_digest_command(settings):
    review = make_review(email="ada@example.org")
    review.approve(by=make_user())
    works = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1
    assert deliver_due() == (0, 1)
    assert Letter.objects.get().fault == "ConnectionRefusedError"

    settings.EMAIL_BACKEND = works
    call_command("send_digests")

    assert len(mail.outbox) == 1
    assert Letter.objects.get().sent_at


def test_who_reported_a_review_learns_what_came_of_it():
    review = make_approved()
    review.flag(reason="abusive", email="grace@example.org")
    review.reject(by=make_user(), reason="abusive")

    deliver_due()

    assert [message.to for message in mail.outbox] == [["grace@example.org"]] * 2
    assert "no longer public" in mail.outbox[1].body
