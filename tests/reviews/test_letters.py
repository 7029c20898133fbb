"""Letters as they arrive: plain text and HTML that say the same, without pictures or anything that reports back."""

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
from django.urls import reverse
from django.utils import timezone, translation

from reviews.mail import deliver_due
from reviews.models import Card, Decision, Flag, Letter, Review
from tests.factories import make_published, make_user
from tests.factories_reviews import make_approved, make_moderator, make_review, make_wording, send_review
from tests.serving import free_port
from tests.waiting import wait_for

pytestmark = pytest.mark.django_db

ADA, GRACE = "ada@example.org", "grace@example.org"
UNDO = timedelta(seconds=10)


def arrive():
    """Send everything that is due, and return what arrived."""
    before = len(mail.outbox)
    deliver_due(timezone.now() + UNDO)
    return mail.outbox[before:]


def about_a_refusal(**kwargs):
    review = make_review(email=ADA, **kwargs)
    review.reject(by=make_user(first_name="Mary"), reason="dose_instructions", message="Tell <b>yours</b> & no other.")
    return review


def after_an_edit():
    review = make_review(email=ADA)
    review.edit(make_wording(review, title="After"))


def after_an_appeal(verb):
    review = about_a_refusal()
    review.appeal("I did not.")
    deliver_due()
    mail.outbox.clear()
    getattr(review, verb)(by=make_user(), **({"reason": "abusive"} if verb == "reject" else {}))


def after_a_change(verb):
    review = make_approved(email=ADA)
    review.edit(make_wording(review, title="After"))
    deliver_due()
    mail.outbox.clear()
    getattr(review, verb)(by=make_user(), **({"reason": "abusive"} if verb == "reject" else {}))


def after_a_flag(end):
    review = make_approved()
    review.flag(reason="abusive", email=GRACE)
    deliver_due()
    mail.outbox.clear()
    end(review)


def confirm():
    review = make_review(email=ADA, status="unconfirmed")
    Letter.objects.post(Letter.Kind.RECEIPT, review)


def taken_down():
    review = make_approved(email=ADA)
    review.flag(reason="abusive")
    deliver_due()
    mail.outbox.clear()
    review.reject(by=make_user(), reason="abusive")


OCCASIONS = {
    "received": (lambda: Letter.objects.post("receipt", make_review(email=ADA)), "We have your review of"),
    "to confirm": (confirm, "Please confirm your review of"),
    "edited": (after_an_edit, "We have the new wording of"),
    "approved": (lambda: make_approved(email=ADA), "is published"),
    "refused": (about_a_refusal, "was not published"),
    "change approved": (lambda: after_a_change("approve"), "The new wording of"),
    "change refused": (lambda: after_a_change("reject"), "The new wording of"),
    "taken down": (taken_down, "was taken down"),
    "appealed": (lambda: about_a_refusal().appeal("I did not."), "We have your appeal"),
    "overturned": (lambda: after_an_appeal("approve"), "Your appeal succeeded"),
    "upheld": (lambda: after_an_appeal("reject"), "The answer to your appeal"),
    "reported": (lambda: make_approved().flag(reason="abusive", email=GRACE), "We have your report"),
    "report upheld": (lambda: after_a_flag(lambda review: review.reject(by=make_user(), reason="abusive")), "came of"),
    "report dismissed": (lambda: after_a_flag(lambda review: review.approve(by=make_user())), "What came of"),
    "report settled": (lambda: after_a_flag(lambda review: review.withdraw()), "What came of your report"),
}


@pytest.mark.parametrize("occasion", OCCASIONS)
def test_every_letter_says_the_same_in_text_and_html_and_loads_nothing(occasion):
    happen, subject = OCCASIONS[occasion]
    happen()

    letter = arrive()[-1]

    [(markup, kind)] = letter.alternatives
    assert subject in letter.subject
    assert kind == "text/html"
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    links = re.findall(r"http://\S+", letter.body)
    assert set(re.findall(r'href="([^"]+)"', markup)) == set(links)
    assert all(link.startswith("http://testserver/") for link in links)
    assert not re.search(r"<img|<script|<link|src=|url\(|<iframe|Mary", markup + letter.body)
    assert "\n\n\n" not in letter.body


def test_what_a_moderator_wrote_is_text_and_never_markup():
    about_a_refusal()

    [letter] = arrive()

    assert "Tell <b>yours</b> & no other." in letter.body
    assert "Tell &lt;b&gt;yours&lt;/b&gt; &amp; no other." in letter.alternatives[0].content


def test_a_refusal_says_how_it_can_be_mended_and_until_when_it_can_be_appealed_against():
    review = about_a_refusal()

    [letter] = arrive()

    assert reverse("my_review_edit", args=[review.token]) in letter.body
    assert reverse("my_review_appeal", args=[review.token]) in letter.body
    assert "you can appeal until" in letter.body
    assert str(Decision.Reason.DOSE_INSTRUCTIONS.rule) in letter.body


def test_a_title_with_line_breaks_makes_no_further_header():
    monograph = make_published(title="Ketamine\r\nBcc: everybody@example.org")
    make_approved(monograph=monograph, email=ADA)

    [letter] = arrive()

    message = letter.message()
    assert message["Bcc"] is None
    assert "Ketamine Bcc: everybody@example.org" in message["Subject"]


def test_letters_are_written_in_the_sites_language():
    make_approved(email=ADA)

    with translation.override("de"):
        [letter] = arrive()

    assert '<html lang="de"' in letter.alternatives[0].content


def test_a_letter_whose_address_was_erased_is_not_sent_and_does_not_fail():
    review = make_approved()
    review.flag(reason="abusive", email=GRACE)
    Flag.objects.update(email="")

    assert arrive() == []
    assert Letter.objects.get().sent_at


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
