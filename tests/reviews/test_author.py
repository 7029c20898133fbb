"""The author's own page: where the review stands, why, and the way to take it back."""

import html

import pytest
from django.core.signing import Signer
from django.urls import reverse

from reviews.models import Decision, Review, Tally
from tests.factories import make_user
from tests.factories_reviews import make_approved, make_rejected, make_review, make_unconfirmed, make_withdrawn

pytestmark = pytest.mark.django_db

MAKERS = [make_unconfirmed, make_review, make_approved, make_rejected, make_withdrawn]


def page_of(response):
    return html.unescape(response.content.decode())


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (make_unconfirmed, "One step is left: please confirm it"),
        (make_review, "Your review waits for a person to read it"),
        (make_approved, "Your review is published"),
        (make_rejected, "Your review was not published"),
        (make_withdrawn, "You have withdrawn your review"),
    ],
)
def test_the_page_says_in_words_where_the_review_stands_and_shows_the_exact_text(client, make, words):
    review = make(title="Slept again", body="First.\n\nSecond & last.")

    page = page_of(client.get(review.get_author_url()))

    assert words in page
    assert "Slept again" in page
    assert "Second & last." in page


@pytest.mark.parametrize("make", MAKERS)
def test_the_page_is_for_its_author_alone(client, make):
    response = client.get(make().get_author_url())

    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in page_of(response)
    assert not response.cookies
    assert "Vary" not in response.headers


def test_a_refusal_is_explained_with_reason_rule_and_message_but_without_the_moderator(client):
    review = make_review()
    moderator = make_user(username="m.seacole", first_name="Mary", last_name="Seacole")
    review.reject(by=moderator, reason=Decision.Reason.DOSE_INSTRUCTIONS, message="Please tell only what you took.")

    page = page_of(client.get(review.get_author_url()))

    assert "Dose instructions to others" in page
    assert str(Decision.Reason.DOSE_INSTRUCTIONS.rule) in page
    assert "Please tell only what you took." in page
    assert "Seacole" not in page
    assert "seacole" not in page


def test_the_address_is_never_shown_not_even_to_who_holds_the_link(client):
    assert "ada@example.org" not in page_of(client.get(make_review(email="ada@example.org").get_author_url()))


@pytest.mark.parametrize("made_up", ["x", "1", "1.x", "1." + "a" * 43, "%00", "١.x", "a" * 2000])
@pytest.mark.parametrize("name", ["my_review", "my_review_withdraw", "my_review_confirm"])
def test_a_made_up_token_leads_to_a_page_that_says_what_to_do(client, made_up, name):
    make_review()

    response = client.get(reverse(name, args=[made_up]))

    assert response.status_code == 404
    assert "No review belongs to this link" in page_of(response)
    assert "Copy all of it" in page_of(response)


def test_a_token_of_another_purpose_or_of_nothing_is_made_up():
    review = make_review()

    for token in (review.confirmation_token, Signer(sep=".").sign(review.pk), review.token[:-1], review.token + "x"):
        with pytest.raises(Review.DoesNotExist):
            Review.objects.by_token(token)
    with pytest.raises(Review.DoesNotExist):
        Review.objects.by_confirmation_token(review.token)


def test_links_that_were_sent_before_the_secret_key_changed_go_on_working(client, settings):
    review = make_review()
    sent = review.get_author_url()

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "new-" + "y" * 50

    assert client.get(sent).status_code == 200
    assert review.get_author_url() != sent


def test_withdrawing_asks_first_and_then_takes_the_review_off_every_page(client):
    review = make_approved()
    address = reverse("my_review_withdraw", args=[review.token])

    question = client.get(address)
    assert "Withdraw your review?" in page_of(question)
    assert Review.objects.approved().exists()

    response = client.post(address)
    assert response.status_code == 303
    assert response.url == review.get_author_url()
    assert client.get(review.get_absolute_url()).status_code == 404
    assert Tally.objects.of(review.monograph_id).count == 0


def test_withdrawing_twice_changes_nothing_more(client):
    review = make_withdrawn()
    before = Review.objects.values().get()
    address = reverse("my_review_withdraw", args=[review.token])

    assert client.post(address).url == review.get_author_url()
    assert client.get(address).url == review.get_author_url()
    assert Review.objects.values().get() == before


@pytest.mark.parametrize(("make", "offered"), [*zip(MAKERS, [True, True, True, False, False], strict=True)])
def test_withdrawing_is_offered_where_there_is_something_to_withdraw(client, make, offered):
    review = make()

    page = page_of(client.get(review.get_author_url()))

    assert (reverse("my_review_withdraw", args=[review.token]) in page) == offered


def test_only_a_button_confirms_so_that_programs_that_follow_links_do_not(client):
    review = make_unconfirmed()

    page = page_of(client.get(review.get_confirmation_url()))
    review.refresh_from_db()
    assert "Yes, it is mine" in page
    assert review.status == Review.Status.UNCONFIRMED

    response = client.post(review.get_confirmation_url())
    review.refresh_from_db()
    assert review.status == Review.Status.PENDING
    assert response.url == review.get_author_url()


def test_confirming_twice_leads_to_the_authors_page(client):
    review = make_unconfirmed()
    client.post(review.get_confirmation_url())

    assert client.post(review.get_confirmation_url()).url == review.get_author_url()
    assert client.get(review.get_confirmation_url()).url == review.get_author_url()


def test_the_page_after_sending_does_not_confirm_because_it_does_not_prove_the_address(client):
    review = make_unconfirmed()

    page = page_of(client.get(review.get_author_url()))

    assert review.confirmation_token not in page
    assert client.post(review.get_author_url()).status_code == 405
