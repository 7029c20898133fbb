"""The page between: what was seen in a text before it is sent."""

import pytest

from reviews.models import Review
from tests.factories_reviews import ANSWERS, send_as_it_is, send_review
from tests.reviews.checking.acts import NUMBER, carried_by, page_of

pytestmark = pytest.mark.django_db


def test_a_page_between_marks_the_words_says_why_and_how_to_mend_them(client, monograph):
    response = send_review(client, monograph, body=NUMBER)

    assert response.status_code == 200
    assert not Review.objects.exists()
    assert "Before you send it" in page_of(response)
    assert "Telephone number" in page_of(response)
    assert "<mark>020 7946 0018</mark>" in page_of(response)
    assert "nobody should be called because of a review" in page_of(response)
    assert "Change my review" in page_of(response)
    assert "Send it as it is" in page_of(response)


def test_a_text_in_which_nothing_was_seen_goes_straight_on(client, monograph):
    assert send_review(client, monograph).status_code == 303


def test_what_was_seen_can_be_sent_as_it_is(client, monograph, address):
    carried = carried_by(send_review(client, monograph, body=NUMBER, rating="2"))

    response = client.post(address, carried)

    review = Review.objects.get()
    assert response.status_code == 303
    assert response.url == review.get_author_url()
    assert (review.body, review.rating) == (NUMBER, 2)
    assert "phone" in review.rules_fired


def test_everything_typed_goes_along_and_is_stored_as_it_was_typed(client, monograph, address):
    body = 'Ring 020 7946 0018.\n\nA second paragraph with "quotes" & <marks>,\n  and a line.'
    carried = carried_by(send_review(client, monograph, body=body, email="ada@example.org"))

    client.post(address, carried)

    review = Review.objects.get()
    assert review.body == body
    assert review.email == "ada@example.org"
    assert str(review.experienced_on) == "2025-03-01"
    for name in ("title", "author_name", "perspective", "reason_for_use", "form_taken", "duration"):
        assert getattr(review, name) == ANSWERS[name]


def test_it_can_be_changed_and_the_form_has_everything_and_names_what_to_mend(client, monograph, address):
    carried = carried_by(send_review(client, monograph, body=NUMBER))

    response = client.post(address, {**carried, "change": "yes"})

    page = page_of(response)
    assert not Review.objects.exists()
    assert f"{NUMBER}</textarea>" in page
    assert "What may stop your review" in page
    for name in ("title", "author_name", "reason_for_use", "form_taken", "experienced_on"):
        assert ANSWERS[name] in page


def test_a_review_that_was_mended_is_not_asked_about_again(client, monograph, address):
    carried = carried_by(send_review(client, monograph, body=f"{NUMBER} My address is ada@example.org."))

    response = client.post(address, {**carried, "body": NUMBER})

    assert response.status_code == 303
    assert Review.objects.get().body == NUMBER


def test_something_new_is_asked_about_again(client, monograph, address):
    carried = carried_by(send_review(client, monograph, body=NUMBER))

    response = client.post(address, {**carried, "body": f"{NUMBER} My address is ada@example.org."})

    assert response.status_code == 200
    assert not Review.objects.exists()
    assert "<mark>ada@example.org</mark>" in page_of(response)


@pytest.mark.parametrize("seen", ["", "yes", "1", ".", "0" * 16, "é\x00" * 100, "a." * 50_000])
def test_what_was_seen_cannot_be_made_up(client, monograph, seen):
    assert send_review(client, monograph, body=NUMBER, seen_findings=seen).status_code == 200
    assert not Review.objects.exists()


def test_what_was_seen_of_other_words_is_worth_nothing(client, monograph, settings):
    carried = carried_by(send_review(client, monograph, body="Ring 020 7946 9999."))

    response = send_review(client, monograph, body=NUMBER, seen_findings=carried["seen_findings"])

    assert response.status_code == 200
    assert not Review.objects.exists()


def test_signs_for_moderators_alone_do_not_hold_a_writer_up(client, monograph):
    response = send_review(client, monograph, body="At school we called it special K, and it was no joke.")

    assert response.status_code == 303
    assert Review.objects.get().rules_fired == ["goods"]


def test_a_form_with_faults_says_those_first(client, monograph):
    page = page_of(send_review(client, monograph, body=NUMBER, rating=""))

    assert "Choose from one to five stars." in page
    assert "Send it as it is" not in page


def test_the_trap_and_the_limit_hold_on_the_page_between_too(client, monograph, address, settings):
    carried = carried_by(send_review(client, monograph, body=NUMBER))

    trapped = client.post(address, {**carried, "homepage": "https://shop.example"})
    settings.REVIEWS_PER_HOUR = 1
    sent = client.post(address, carried)
    limited = send_as_it_is(client, monograph, body="Another text, which says nothing of the kind.")

    assert "A field that people cannot see was filled in" in page_of(trapped)
    assert sent.status_code == 303
    assert limited.status_code == 429
    assert Review.objects.count() == 1


def test_the_page_between_sets_no_cookie_and_is_kept_by_no_shared_cache(client, monograph):
    response = send_review(client, monograph, body=NUMBER)

    assert not response.cookies
    assert "Vary" not in response.headers
    assert "private" in response["Cache-Control"]


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script> 020 7946 0018", '"><img src=x> a@b.example', "{{ x }} www.x.example"]
)
def test_markup_stays_text_on_the_page_between(client, monograph, hostile):
    page = send_review(client, monograph, title=hostile[:120], body=hostile).content.decode()

    assert "Before you send it" in page
    for danger in ("<script>alert", "<img src=x"):
        assert danger not in page
