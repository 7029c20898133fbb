"""The links to one's own reviews, sent again to whoever can read the letters of an address."""

import html
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from reviews.mail import deliver_due
from reviews.models import Letter, LinkRequest
from tests.factories import make_opening, make_published
from tests.factories_reviews import make_approved, make_rejected, make_review, make_unconfirmed

pytestmark = pytest.mark.django_db

SENT = reverse("my_links_sent")


def ask(client, address, **changes):
    data = {"opened": make_opening("reviews.links"), "email": address, **changes}
    return client.post(reverse("my_links"), data)


def letters():
    """Send what is due in a moment, and return the letters with links."""
    deliver_due(timezone.now() + timedelta(seconds=5))
    return [message for message in mail.outbox if "links to your reviews" in message.subject]


def test_all_links_of_an_address_go_to_that_address(client):
    first, second = make_approved(email="Ada@example.org"), make_rejected(email="ada@example.org")
    other = make_review(email="grace@example.org")

    answer = ask(client, " ADA@example.org ")

    assert answer.url == SENT
    [letter] = letters()
    assert letter.to == ["ada@example.org"]
    for body in (letter.body, letter.alternatives[0].content):
        assert first.get_author_url() in body
        assert second.get_author_url() in body
        assert other.get_author_url() not in body


def test_the_link_that_confirms_is_among_them(client):
    review = make_unconfirmed()

    ask(client, "ada@example.org")

    assert review.get_confirmation_url() in letters()[0].body


def test_the_answer_is_the_same_whether_there_are_reviews_or_not(client):
    make_review(email="ada@example.org")

    answers = [ask(client, address) for address in ("ada@example.org", "nobody@example.org")]

    assert answers[0].url == answers[1].url == SENT
    assert answers[0].content == answers[1].content
    assert client.get(SENT).status_code == 200
    assert mail.outbox == []  # not while the answer waits
    assert len(letters()) == 1


def test_an_address_is_not_flooded_and_nobody_learns_that(client):
    make_review(email="ada@example.org")

    answers = [ask(client, "ada@example.org") for _time in range(5)]

    assert {answer.url for answer in answers} == {SENT}
    assert len(letters()) == 3


def test_one_network_asks_only_so_often(client):
    for number in range(10):
        assert ask(client, f"someone{number}@example.org").status_code == 303

    answer = ask(client, "another@example.org")

    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 3600
    assert "another@example.org" in answer.content.decode()
    assert "Try again in" in answer.content.decode()


@pytest.mark.parametrize("typed", ["", "ada", "ada@", "a" * 300 + "@example.org", "\x00@example.org"])
def test_what_is_no_address_is_told_and_kept(client, typed):
    answer = ask(client, typed)

    assert answer.status_code == 200
    assert "error" in answer.content.decode()
    assert html.escape(typed.replace("\x00", "")) in answer.content.decode()
    assert not LinkRequest.objects.exists()


def test_the_form_is_for_nothing_else_and_sets_no_cookie(client):
    answer = client.get(reverse("my_links"))

    assert not answer.cookies
    assert answer["Cache-Control"] == "private, no-store"
    note = make_opening("reviews", make_published())
    assert ask(client, "ada@example.org", opened=note).status_code == 200
    assert not LinkRequest.objects.exists()


def test_a_withdrawn_review_can_still_be_found_and_an_erased_one_cannot(client):
    withdrawn, erased = make_review(email="ada@example.org"), make_review(email="ada@example.org")
    withdrawn.withdraw()
    former = erased.get_author_url()
    erased.erase()

    ask(client, "ada@example.org")

    [letter] = letters()
    assert withdrawn.get_author_url() in letter.body
    assert former not in letter.body
    assert erased.get_author_url() not in letter.body


def test_links_are_found_after_the_secret_key_changed(client, settings):
    review = make_review(email="ada@example.org")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "new-" + "y" * 50

    ask(client, "ada@example.org")

    assert review.get_author_url() in letters()[0].body
    assert Letter.objects.filter(kind="links").count() == 1
