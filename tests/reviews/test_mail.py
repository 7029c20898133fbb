"""Letters to authors, and what happens when they cannot be sent."""

import logging

import pytest
from django.core import mail

from reviews.models import Decision, Review
from tests.factories import make_published, make_user
from tests.factories_reviews import make_review, send_review

pytestmark = pytest.mark.django_db


@pytest.fixture
def after_commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_who_gives_an_address_gets_the_link_to_their_page(client, after_commit):
    with after_commit():
        send_review(client, make_published(title="Ketamine"), email="ada@example.org")

    [letter] = mail.outbox
    assert letter.to == ["ada@example.org"]
    assert letter.subject == "We have your review of Ketamine"
    assert f"http://testserver{Review.objects.get().get_author_url()}" in letter.body


def test_who_gives_none_gets_none(client, after_commit):
    with after_commit():
        send_review(client, make_published(), email="")

    assert mail.outbox == []


def test_with_confirmation_on_an_address_is_needed(client, settings):
    settings.REVIEWS_CONFIRM_EMAIL = True

    response = send_review(client, make_published(), email="")

    assert "Give your e-mail address, so that you can confirm the review." in response.content.decode()
    assert not Review.objects.exists()


def test_with_confirmation_on_a_review_waits_for_its_author_and_the_letter_leads_to_the_button(
    client, settings, after_commit
):
    settings.REVIEWS_CONFIRM_EMAIL = True
    with after_commit():
        send_review(client, make_published(), email="ada@example.org")

    review = Review.objects.get()
    assert review.status == Review.Status.UNCONFIRMED
    assert not Review.objects.pending().exists()
    assert f"http://testserver{review.get_confirmation_url()}" in mail.outbox[0].body


def test_an_approval_sends_the_permalink(after_commit):
    review = make_review(email="ada@example.org")
    with after_commit():
        review.approve(by=make_user())

    [letter] = mail.outbox
    assert "is published" in letter.subject
    assert f"http://testserver{review.get_absolute_url()}" in letter.body
    assert f"http://testserver{review.get_author_url()}" in letter.body


def test_a_refusal_sends_reason_rule_and_message(after_commit):
    review = make_review(email="ada@example.org", title="Buy & “sell”")
    with after_commit():
        review.reject(by=make_user(first_name="Mary"), reason="advertising", message="It’s about a shop & more.")

    [letter] = mail.outbox
    assert "was not published" in letter.subject
    assert "Advertising or selling" in letter.body
    assert str(Decision.Reason.ADVERTISING.rule) in letter.body
    assert "It’s about a shop & more." in letter.body
    assert "Mary" not in letter.body


def test_no_letter_goes_out_for_a_decision_that_did_not_happen(after_commit):
    review = make_review(email="ada@example.org")
    review.approve(by=make_user())
    mail.outbox.clear()

    with after_commit(), pytest.raises(Review.AlreadyDecided):
        review.approve(by=make_user())

    assert mail.outbox == []


def test_a_mail_server_that_fails_loses_no_review_and_puts_no_address_into_the_log(
    client, settings, after_commit, caplog
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1
    with caplog.at_level(logging.INFO), after_commit():
        response = send_review(client, make_published(), email="ada@example.org")

    review = Review.objects.get()
    assert response.url == review.get_author_url()
    assert f"review {review.pk} was not sent: ConnectionRefusedError" in caplog.text
    assert "ada@example.org" not in caplog.text
