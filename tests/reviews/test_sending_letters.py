"""Letters go out in time, to servers as they are."""

import email
import re
from datetime import timedelta
from email.policy import default
from pathlib import Path
from threading import active_count

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from reviews.mail import deliver_due
from reviews.models import Card, Letter, Review
from tests.factories import make_published, make_user
from tests.factories_reviews import make_approved, make_moderator, make_review, send_review
from tests.reviews.occasions import ADA
from tests.serving import free_port
from tests.waiting import wait_for

pytestmark = pytest.mark.django_db


# Servers.


class Mailbox:
    """Takes what a real mail server gets, or refuses it."""

    def __init__(self):
        self.messages = []
        self.answer = "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.answer.startswith("250"):
            self.messages.append(email.message_from_bytes(envelope.content, policy=default))
        return self.answer


@pytest.fixture
def mailbox(settings):
    """A mail server on this machine, to which the site sends."""
    box = Mailbox()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    controller = Controller(box, hostname=settings.EMAIL_HOST, port=settings.EMAIL_PORT)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    yield box
    controller.stop()


def test_a_letter_arrives_with_both_parts_through_a_real_server(mailbox):
    make_approved(email=ADA, monograph=make_published(title="Kétamine ☕"))

    assert deliver_due() == (1, 0)

    [message] = mailbox.messages
    assert (message["To"], message.get_content_type()) == (ADA, "multipart/alternative")
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert "Kétamine ☕" in message["Subject"]
    assert "Kétamine ☕" in message.get_body(("plain",)).get_content()


def test_a_server_that_refuses_loses_nothing_and_gets_the_letter_from_the_digest_command(mailbox, capsys):
    review = make_review(email=ADA)
    review.approve(by=make_user())
    mailbox.answer = "451 Try again later"
    call_command("send_digests")
    assert "0 letters; 1 letters failed" in capsys.readouterr().out
    assert Letter.objects.get().fault == "SMTPDataError"
    assert Review.objects.get().is_public

    mailbox.answer = "250 OK"
    call_command("send_digests")
    call_command("send_digests")

    assert len(mailbox.messages) == 1


def test_where_no_server_is_named_letters_are_files(settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    review = make_approved(email=ADA)

    assert deliver_due() == (1, 0)

    [file] = Path(settings.EMAIL_FILE_PATH).iterdir()
    assert review.get_author_url() in file.read_text().replace("=\n", "")


# In time.


@pytest.mark.django_db(transaction=True)
def test_a_letter_about_a_decision_goes_out_by_itself_once_the_decision_is_final():
    threads = active_count()
    review = make_review(email=ADA)

    decision = review.approve(by=make_user(), undo_for=timedelta(seconds=0.3))

    [letter] = wait_for(lambda: Letter.objects.filter(sent_at__isnull=False))
    assert letter.sent_at >= decision.final_at
    assert "is published" in mail.outbox[0].subject
    wait_for(lambda: active_count() <= threads)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_sending_later_leaves_no_connection_open():
    from django.db import connection

    def connections():
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
            return cursor.fetchone()[0]

    before = connections()
    for _number in range(5):
        make_review(email=ADA).approve(by=make_user(), undo_for=timedelta(seconds=0.2))

    wait_for(lambda: Letter.objects.filter(sent_at__isnull=False).count() == 5)
    wait_for(lambda: connections() <= before)


@pytest.mark.django_db(transaction=True)
def test_a_letter_that_cannot_even_be_taken_does_not_spoil_what_happened(client, monkeypatch, caplog):
    def fail(*_arguments):
        raise RuntimeError("no database for ada@example.org")

    monkeypatch.setattr("reviews.models.letter.LetterQuerySet.take", fail)

    answer = send_review(client, make_published(), email=ADA)

    assert answer.status_code == 303
    assert Letter.objects.get().sent_at is None
    monkeypatch.undo()
    assert deliver_due() == (1, 0)


# To moderators.


def test_moderators_are_told_how_many_wait_since_when_and_whether_somebody_may_be_in_danger(capsys):
    make_moderator(email="mary@example.org")
    make_moderator(email="")
    make_moderator(email="former@example.org", is_active=False)
    make_user("monographs.change_monograph", email="editor@example.org")
    for screened_as in ("", "crisis", "spam"):
        make_review(screened_as=screened_as)
    Card.objects.filter(review__screened_as="").update(since=timezone.now().replace(year=2020, month=3, day=5))

    call_command("send_digests")

    [letter] = mail.outbox
    assert letter.to == ["mary@example.org"]
    assert letter.subject == "3 reviews wait, 1 may speak of danger to life"
    assert "since 5 March 2020" in letter.body
    assert "Likely sales messages: 1" in letter.body
    assert "http://testserver/admin/reviews/desk/" in letter.body
    assert letter.alternatives
    assert "Sent: 1 digests" in capsys.readouterr().out


def test_a_digest_names_nobody_and_quotes_nothing():
    make_moderator(email="mary@example.org")
    make_review(title="Unmistakable words", author_name="Adalbert", email=ADA)

    call_command("send_digests")

    assert not re.search("Unmistakable|Adalbert|ada@", mail.outbox[0].body + mail.outbox[0].alternatives[0].content)


def test_when_nothing_waits_moderators_get_no_letter():
    make_moderator(email="mary@example.org")
    make_approved()

    call_command("send_digests")

    assert mail.outbox == []
