"""The staff's lists of what may be a million rows: bounded, honest about it, and still leading to every row."""

import html
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.utils import timezone

from monographs.admin import long_list
from reviews.admin.review import ReviewAdmin
from tests.factories_reviews import make_approved, make_moderator, make_rejected, make_review

pytestmark = pytest.mark.django_db

REVIEWS, DECISIONS = "/admin/reviews/review/", "/admin/reviews/decision/"


@pytest.fixture
def desk(client):
    client.force_login(make_moderator())
    return client


def page_of(client, address):
    return html.unescape(client.get(address).content.decode())


def titles(client, query):
    response = client.get(f"{REVIEWS}?{query}")
    assert response.status_code == 200
    return [review.title for review in response.context["cl"].result_list]


def test_a_list_is_counted_no_further_than_it_is_shown_and_says_that_there_is_more(desk, monkeypatch):
    monograph = make_review().monograph
    make_review(monograph=monograph)
    assert "2 reviews" in page_of(desk, REVIEWS)
    monkeypatch.setattr(long_list, "MOST", 2)
    assert "2 reviews" in page_of(desk, REVIEWS)
    make_review(monograph=monograph)
    assert "More than 2 reviews. Narrow the list to see the others." in page_of(desk, REVIEWS)


def test_a_page_has_the_rows_that_stand_there_and_the_last_one_ends_where_the_list_is_cut(desk, monkeypatch):
    monkeypatch.setattr(ReviewAdmin, "list_per_page", 2)
    monkeypatch.setattr(long_list, "MOST", 3)
    now = timezone.now()
    for days in range(5):
        make_review(title=f"{days} days ago", submitted_at=now - timedelta(days=days))
    assert [titles(desk, f"p={page}") for page in (1, 2)] == [["0 days ago", "1 days ago"], ["2 days ago"]]


def test_older_reviews_are_reached_by_day(desk):
    now = timezone.now()
    make_review(title="old", submitted_at=now - timedelta(days=400))
    make_review(title="new")
    day = quote(f"{now - timedelta(days=9)}")
    assert titles(desk, f"submitted_at__lt={day}") == ["old"]
    assert titles(desk, f"submitted_at__gte={day}") == ["new"]


def test_a_public_review_is_found_by_its_words_however_old_others_among_the_first_of_the_list(desk, monkeypatch):
    monkeypatch.setattr(long_list, "MOST_LOOKED_AT", 1)
    make_approved(title="Dizzy at first", submitted_at=timezone.now() - timedelta(days=400))
    make_rejected(title="Dizzy then", submitted_at=timezone.now() - timedelta(days=300))
    make_review(title="Dizzy now", author_name="Grace")
    assert titles(desk, "q=dizzy") == ["Dizzy now", "Dizzy at first"]
    assert titles(desk, "q=grace") == ["Dizzy now"]
    assert titles(desk, "q=dizzy&status__exact=rejected") == ["Dizzy then"]
    assert titles(desk, "q=nothing+of+it") == []


@pytest.mark.parametrize("query", ["+", "%22", "*+OR", "a+b+c+d+e+f+g+h+i+j", "%00", "the"])
def test_no_search_of_the_staff_fails(desk, query):
    make_approved()
    for address in (REVIEWS, DECISIONS):
        assert desk.get(f"{address}?q={query}").status_code in (200, 302)


def test_decisions_are_found_by_the_words_of_their_reviews(desk):
    make_approved(title="Dizzy at first")
    make_rejected(title="Slept well")
    page = page_of(desk, f"{DECISIONS}?q=dizzy")
    assert "Dizzy at first" in page
    assert "Slept well" not in page


def test_findings_are_sought_among_the_first_rows_that_are_left(desk, monkeypatch):
    monkeypatch.setattr(long_list, "MOST_LOOKED_AT", 1)
    findings = [{"kind": "dose", "words": "50 mg", "where": "body", "start": 0, "end": 5}]
    make_review(title="found", findings=findings, submitted_at=timezone.now() - timedelta(days=2))
    make_rejected(title="plain")
    assert titles(desk, "findings=yes") == []
    assert titles(desk, "findings=yes&status__exact=pending") == ["found"]
