"""Text and requests that mean harm: stored as text, answered in time, never an error of ours."""

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviews.models import Review
from reviews.text import has_words, tidy
from tests.factories import make_published, make_user
from tests.factories_reviews import ANSWERS, make_approved, make_note, send_review
from tests.measuring import is_done_within

pytestmark = pytest.mark.django_db

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "[a](javascript:alert(1))",
    "{{ settings.SECRET_KEY }}{% debug %}",
    "%s %(title)s %d",
    "'; DROP TABLE reviews_review; --",
    "&lt;b&gt;",
]


@pytest.fixture
def careful():
    return Client(raise_request_exception=False)


@pytest.fixture
def many_an_hour(settings):
    settings.REVIEWS_PER_HOUR = 10_000


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_is_shown_as_the_characters_it_is_made_of(client, text):
    monograph = make_published()
    send_review(client, monograph, title=text, body=text, author_name=text[:60], reason_for_use=text, form_taken=text)
    review = Review.objects.get()
    mine = client.get(review.get_author_url()).content.decode()
    review.approve(by=make_user())

    for address in (review.get_absolute_url(), monograph.get_absolute_url(), reverse("reviews", args=[monograph.slug])):
        page = client.get(address).content.decode()
        for danger in ("<script>alert", "<img src=x", "<svg/onload", 'href="javascript'):
            assert danger not in page
            assert danger not in mine
    assert review.body == text


def test_characters_that_nobody_sees_or_that_turn_text_round_are_removed(client):
    send_review(
        client,
        make_published(),
        title="one\x00 two\r\nthree \u202eeerht",
        body="a\x00b\x07c\u202a\u2066d\u2069\r\ne\r\rf\x1b[31m\n",
        author_name="\u202eadA\u202c",
    )

    review = Review.objects.get()
    assert review.title == "one two three eerht"
    assert review.body == "abcd\ne\n\nf[31m"
    assert review.author_name == "adA"


def test_a_refused_form_comes_back_without_them_too(client):
    response = send_review(client, make_published(), body="a\x00\u202eb", rating="")

    assert b"\x00" not in response.content
    assert "\u202e" not in response.content.decode()
    assert ">\nab</textarea>" in response.content.decode()


def test_right_to_left_text_keeps_its_direction(client):
    review = make_approved(title="مرحبا", body="نص\n\nText")

    page = client.get(review.get_absolute_url()).content.decode()

    assert '<h1 dir="auto">مرحبا</h1>' in page
    assert '<p dir="auto">نص</p>' in page


@pytest.mark.parametrize(
    "text", ["a" * 200_000, "<" * 200_000, "take 50 mg " * 20_000, "\n" * 200_000, "\u202e" * 200_000]
)
def test_a_huge_text_is_answered_within_a_second(careful, text):
    monograph = make_published()

    def send():
        assert send_review(careful, monograph, body=text).status_code == 200

    assert is_done_within(1, send)


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data", b"rating=1"),
        ("multipart/form-data; boundary=", b"--"),
        ("multipart/form-data; boundary=b", b"--b\r\nContent-Disposition: form-data; name=rating\r\n\r\n5"),
        (
            "multipart/form-data; boundary=b; charset=base64",
            b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--b--',
        ),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="body"; filename="x"\r\n\r\n1\r\n--b--',
        ),
        ("application/x-www-form-urlencoded; charset=utf-16", b"rating=5"),
        ("application/x-www-form-urlencoded; charset=hex", b"rating=5"),
        ("application/x-www-form-urlencoded", b"\xff\xfe=%ED%A0%80&rating=%00&=&&&title=%zz"),
        ("application/x-www-form-urlencoded", b"a=1&" * 2000),
        ("application/x-www-form-urlencoded", b"body=" + b"a" * 6_000_000),
        ("application/json", b'{"rating": 5}'),
        ("", b"rating=5"),
        ("text/plain", b""),
    ],
)
def test_a_request_that_is_no_form_gets_an_answer(careful, content_type, body):
    address = reverse("review_new", args=[make_published().slug])

    response = careful.generic("POST", address, body, content_type)

    assert response.status_code in (200, 400, 413)
    assert not Review.objects.exists()


def test_of_repeated_fields_the_last_counts(careful):
    monograph = make_published()
    answers = {**ANSWERS, "opened": make_note(monograph), "rating": ["6", "2"], "title": ["One", "Other"]}

    careful.post(reverse("review_new", args=[monograph.slug]), answers)

    review = Review.objects.get()
    assert (review.rating, review.title) == (2, "Other")


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
def test_other_methods_are_refused(client, method):
    monograph = make_published()

    assert getattr(client, method)(reverse("review_new", args=[monograph.slug])).status_code == 405


@given(title=st.text(max_size=200), body=st.text(max_size=600), name=st.text(max_size=80), month=st.text(max_size=12))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@pytest.mark.usefixtures("many_an_hour")
def test_whatever_is_typed_is_stored_tidied_or_refused(title, body, name, month):
    monograph = make_published()
    before = Review.objects.count()

    response = send_review(Client(), monograph, title=title, body=body, author_name=name, experienced_on=month)

    if response.status_code == 303:
        review = Review.objects.order_by("-pk").first()
        assert review.body == tidy(body)
        assert has_words(review.title)
        assert has_words(review.author_name)
    else:
        assert response.status_code == 200
        assert Review.objects.count() == before
