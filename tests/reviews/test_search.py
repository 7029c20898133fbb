import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from monographs import search
from monographs.search.backends import postgresql
from reviews.models import IndexedReview, Review
from reviews.search import indexing, offer
from tests.factories import make_published, make_user
from tests.factories_reviews import make_approved, make_rejected, make_review, make_unconfirmed, make_withdrawn
from tests.verifying import complaints

pytestmark = pytest.mark.django_db


def page_for(client, typed, **parameters):
    response = client.get("/search/", {"q": typed, "in": "reviews", **parameters})
    assert response.status_code == 200
    return response.content.decode()


def found(client, typed):
    return re.findall(r'<h3 dir="auto"><a href="/reviews/(\d+)/">', page_for(client, typed))


@pytest.mark.parametrize("typed", ["sleepless", "NIGHTS", "night sleeplessness", "köpfschmerz", "kopfsch", "ketamine"])
def test_an_approved_review_is_found_by_its_words_and_its_medicine(client, typed):
    monograph = make_published(title="Ketamine")
    review = make_approved(monograph=monograph, title="Sleepless", body="Many nights awake & Kopfschmerz.")
    assert found(client, typed) == [str(review.pk)]


@pytest.mark.parametrize("looked_at_first", [0, postgresql.NEXT])
def test_a_word_that_stands_in_a_review_is_not_taken_for_the_beginning_of_others(client, monkeypatch, looked_at_first):
    monkeypatch.setattr(postgresql, "NEXT", looked_at_first)
    monograph = make_published(title="Ketamine")
    shorter, longer = (make_approved(monograph=monograph, title="So", body=body) for body in ("A night", "A nightmare"))
    make_review(monograph=monograph, body="Nobody may read of a nigh")
    assert found(client, "night") == [str(shorter.pk)]
    assert found(client, "nightmar") == [str(longer.pk)]
    assert found(client, "nigh") == [str(longer.pk), str(shorter.pk)]


def test_the_words_are_marked_and_everything_else_is_escaped(client):
    make_approved(title="<b>Strange</b>", body="Strange <script>alert(1)</script> weeks.")
    page = page_for(client, "strange weeks")
    assert "&lt;b&gt;<mark>Strange</mark>&lt;/b&gt;" in page
    assert "&lt;script&gt;" in page
    assert "<mark>weeks</mark>" in page
    assert "<script>alert" not in page


def test_no_review_is_found_that_nobody_may_read(client):
    make_review(title="Secretword")
    make_rejected(title="Secretword")
    make_withdrawn(title="Secretword")
    make_unconfirmed(title="Secretword")
    withdrawn = make_approved(title="Secretword")
    withdrawn.withdraw()
    assert "Secretword</a>" not in page_for(client, "secretword")
    assert found(client, "secretword") == []
    assert not IndexedReview.objects.exists()


def test_a_row_that_is_left_over_shows_nothing(client):
    review = make_approved(title="Secretword")
    assert found(client, "secretword") == [str(review.pk)]
    # What no verb does: the index still has its words.
    Review.objects.filter(pk=review.pk).update(status="pending", decided_at=None, decided_by=None)
    assert found(client, "secretword") == []


def test_a_decision_that_fails_leaves_the_index_as_it_was(client, monkeypatch):
    from reviews.models import Letter

    review = make_review(title="Secretword")

    def fail(*args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr(Letter.objects, "post_outcome", fail)
    with pytest.raises(ZeroDivisionError):
        review.approve(by=make_user())
    assert not IndexedReview.objects.exists()
    assert found(client, "secretword") == []


def test_a_new_wording_is_found_once_it_is_approved_and_the_old_one_no_more(client):
    review = make_approved(title="Oldword")
    review.title = "Newword"
    review.edit(review)
    assert found(client, "oldword") == [str(review.pk)]
    assert found(client, "newword") == []
    review.approve(by=make_user())
    assert found(client, "oldword") == []
    assert found(client, "newword") == [str(review.pk)]


def test_a_decision_that_is_taken_back_takes_the_review_out_of_the_search(client):
    by = make_user()
    review = make_review(title="Secretword")
    decision = review.approve(by=by, undo_for=timedelta(minutes=1))
    assert found(client, "secretword") == [str(review.pk)]
    decision.retract(by=by)
    assert found(client, "secretword") == []


def test_pages_go_on_from_the_newest_to_the_oldest(client, monkeypatch):
    monkeypatch.setattr(offer, "PER_PAGE", 2)
    monograph = make_published()
    keys = [str(make_approved(monograph=monograph, title="Dizzy").pk) for _number in range(5)]
    address, pages = "/search/?q=dizzy&in=reviews", []
    while address:
        page = client.get(address).content.decode()
        pages.append(re.findall(r'<h3 dir="auto"><a href="/reviews/(\d+)/">', page))
        onward = re.search(r'rel="next" href="([^"]*)"', page)
        address = onward and onward[1].replace("&amp;", "&")
    assert pages == [keys[4:2:-1], keys[2:0:-1], keys[:1]]


@pytest.mark.parametrize("before", ["", "x", "-1", "0", "1", "²", "9" * 18, "9" * 99])
def test_no_cursor_is_an_error(client, before):
    make_approved(title="Dizzy")
    page_for(client, "dizzy", before=before)


def test_the_search_of_monographs_and_that_of_reviews_lead_to_each_other(client):
    make_approved(title="Dizzy")
    page = client.get("/search/", {"q": "dizzy"}).content.decode()
    assert '<a href="/search/?q=dizzy&amp;in=reviews">Reviews</a>' in page
    assert "No review has “xqzwvj”" in page_for(client, "xqzwvj")
    assert '<input type="hidden" name="in" value="reviews">' in page_for(client, "xqzwvj")


def test_a_search_of_reviews_costs_a_bounded_number_of_queries(client, django_assert_max_num_queries):
    monograph = make_published()
    for _round in range(2):
        make_approved(monograph=monograph, title="Dizzy")
        with django_assert_max_num_queries(6):
            page_for(client, "dizzy")


def lose():
    IndexedReview.objects.all().delete()


def spoil():
    indexing.words().put({Review.objects.get().pk: {}})


@pytest.mark.parametrize("damage", [lose, spoil])
def test_verify_finds_an_index_that_does_not_fit_and_rebuilding_mends_it(client, damage):
    review = make_approved(title="Dizzy")
    assert complaints() == ""
    damage()
    assert f"Review {review.pk}: the search does not find it as it is" in complaints()
    call_command("rebuild_search", stdout=StringIO())
    assert complaints() == ""
    assert found(client, "dizzy") == [str(review.pk)]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about the inner tables of FTS5")
def test_an_index_that_the_database_calls_malformed_is_made_from_nothing(client):
    review = make_approved(title="Dizzy")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM reviews_indexedreview_words_data WHERE id > 10")
    with pytest.raises(DatabaseError):
        found(client, "dizzy")
    call_command("rebuild_search", from_nothing=True, stdout=StringIO())
    assert complaints() == ""
    assert found(client, "dizzy") == [str(review.pk)]


def test_verify_finds_a_review_that_should_not_be_in_the_index():
    make_approved()
    review = make_review()
    IndexedReview.objects.create(review=review, wording=1)
    assert f"Review {review.pk}: the search index holds it although nobody may read it" in complaints()
    call_command("rebuild_search", stdout=StringIO())
    assert complaints() == ""


def test_an_index_that_was_just_made_is_filled():
    make_approved()
    lose()
    search.rebuild_empty()
    assert IndexedReview.objects.count() == 1


def plan_of(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return "\n".join(row[-1] for row in cursor)


def test_no_table_of_reviews_is_read_as_a_whole(client):
    review = make_approved(title="Dizzy")
    for parameters in ({}, {"before": review.pk}):
        with CaptureQueriesContext(connection) as captured:
            page_for(client, "dizzy", **parameters)
        for query in captured:
            settings, _sign, bare = query["sql"].rpartition("; ")
            explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
            if settings:
                with connection.cursor() as cursor:
                    cursor.execute(settings)
            plan = plan_of(f"{explain} {bare}")
            assert not re.search(r"Seq Scan on reviews_|SCAN reviews_\w+\b(?! VIRTUAL)", plan)
