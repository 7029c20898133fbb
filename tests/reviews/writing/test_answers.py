"""What a reader may write into the form, and what is said of the rest."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from reviews.models import Review
from reviews.submission import network_hash
from tests.factories_reviews import send_review
from tests.reviews.writing.refused import assert_refused_with_everything_kept, page_of

pytestmark = pytest.mark.django_db


def test_a_review_is_stored_pending_with_everything_that_was_said(client, monograph):
    response = send_review(client, monograph, email="ada@example.org")

    review = Review.objects.get()
    assert response.status_code == 303
    assert response.url == review.get_author_url()
    assert review.status == Review.Status.PENDING
    assert review.edition == monograph.edition_in_force
    assert (review.rating, review.title, review.author_name) == (4, "Helped when nothing else had", "Ada")
    assert review.paragraphs == [
        "The first two weeks were strange.",
        "After the fourth session I slept through the night.",
    ]
    assert (review.perspective, review.duration, review.experienced_on) == ("own", "months", date(2025, 3, 1))
    assert (review.reason_for_use, review.form_taken, review.email) == ("depression", "nasal spray", "ada@example.org")
    assert review.consented_at
    assert review.network_hash == network_hash("127.0.0.1")


def test_the_author_is_told_at_once_that_a_person_will_read_it_and_to_keep_the_link(client, monograph):
    address = send_review(client, monograph).url
    page = page_of(client.get(address))

    assert "Your review waits for a person to read it" in page
    assert "Keep the address of this page" in page
    assert f"http://testserver{address}</a>" in page


def test_what_may_be_left_open_may_be_left_open(client, monograph):
    send_review(client, monograph, email="", reason_for_use="", form_taken=None, duration="", experienced_on="")

    review = Review.objects.get()
    assert (review.email, review.reason_for_use, review.form_taken, review.duration) == ("", "", "", "")
    assert review.experienced_on is None


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("rating", "6", "Choose from one to five stars."),
        ("rating", "0", "Choose from one to five stars."),
        ("rating", "five", "Choose from one to five stars."),
        ("rating", None, "Choose from one to five stars."),
        ("perspective", "owner", "Choose one of the three answers."),
        ("perspective", None, "Say whether you took the medicine"),
        ("duration", "ages", "Choose one of the answers in the list."),
        ("email", "ada@", "Write the e-mail address in full"),
        ("consent", None, "Tick this box if the review may be published."),
    ],
)
def test_an_answer_that_cannot_be_taken_is_named_beside_its_field_and_in_the_summary(
    client, monograph, field, value, sentence
):
    response = send_review(client, monograph, **{field: value})

    assert_refused_with_everything_kept(response, sentence)
    assert page_of(response).count(sentence) == 2
    assert re.search(rf'<a href="#id_{field}(_0)?">', page_of(response))
    assert re.search(rf'id="id_{field}(_0)?"', page_of(response))


@pytest.mark.parametrize(
    ("field", "length", "sentence"),
    [
        ("title", 121, "Shorten this to 120 characters. It has 121 now."),
        ("body", 5001, "Shorten this to 5000 characters. It has 5001 now."),
        ("author_name", 61, "Shorten this to 60 characters. It has 61 now."),
        ("reason_for_use", 101, "Shorten this to 100 characters. It has 101 now."),
        ("form_taken", 101, "Shorten this to 100 characters. It has 101 now."),
    ],
)
def test_a_text_that_is_too_long_comes_back_whole_with_its_length(client, monograph, field, length, sentence):
    response = send_review(client, monograph, **{field: "a" * length})

    assert not Review.objects.exists()
    assert sentence in page_of(response)
    assert "a" * length in page_of(response)


@pytest.mark.parametrize("empty", ["", "   ", "…!?", "\u200b\u200b", "\x00", "\u3164", "\U000e0041"])
@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("title", "Sum up your review in a few words."),
        ("body", "Write what you experienced, in at least one word."),
        ("author_name", "Give a name to show with your review"),
    ],
)
def test_what_readers_see_has_at_least_one_word(client, monograph, field, sentence, empty):
    response = send_review(client, monograph, **{field: empty})

    assert not Review.objects.exists()
    assert sentence in page_of(response)


@pytest.mark.parametrize("typed", ["2025-03", "2025-3", "2025-03-17", "03/2025", "3.2025", " 2025-03 "])
def test_a_month_can_be_typed_in_the_usual_ways(client, monograph, typed):
    send_review(client, monograph, experienced_on=typed)

    assert Review.objects.get().experienced_on == date(2025, 3, 1)


@pytest.mark.parametrize("typed", ["last spring", "2025-13", "0000-00", "1066-10", "２０２５-０３", "2025"])
def test_a_month_that_cannot_be_read_is_shown_again_with_an_example(client, monograph, typed):
    response = send_review(client, monograph, experienced_on=typed)

    assert not Review.objects.exists()
    assert "Give the year and the month, such as 2026-03." in page_of(response)
    assert f'value="{typed}"' in page_of(response)


def test_a_month_to_come_is_refused(client, monograph):
    next_month = (timezone.localdate().replace(day=1) + timedelta(days=32)).strftime("%Y-%m")

    response = send_review(client, monograph, experienced_on=next_month)

    assert not Review.objects.exists()
    assert "This month has not begun yet." in page_of(response)
