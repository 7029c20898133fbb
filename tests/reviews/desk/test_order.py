"""The order of the queue, and what comes next."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from reviews.models import Card
from tests.factories_reviews import make_appealed, make_approved, make_review, make_wording
from tests.reviews.desk.acts import DESK, at, page_of

pytestmark = pytest.mark.django_db


def test_the_desk_opens_with_the_most_urgent_review(desk):
    make_review()
    crisis = make_review(screened_as="crisis")

    assert desk.get(DESK).url == at(crisis)


def test_the_queue_is_listed_in_order_and_by_place(desk):
    make_review(title="spam", screened_as="spam")
    make_review(title="ordinary")
    make_appealed(title="appealed")
    make_approved(title="flagged").flag(reason="abusive")
    make_review(title="crisis", screened_as="crisis")

    page = page_of(desk.get(DESK, follow=True))

    titles = re.findall(r'<span class="desk-title" dir="auto">(\w+)</span>', page)
    assert titles == ["crisis", "flagged", "appealed", "ordinary", "spam"]
    places = re.findall(r"<h3>(?:<a[^>]+>)?([\w ]+)(?:</a>)? <span", page)
    assert places == [str(place.label) for place in Card.Place]


def test_a_place_is_opened_by_its_heading(desk):
    make_review(screened_as="crisis")
    spam = make_review(screened_as="spam")

    assert desk.get(f"{DESK}?place=5").url == at(spam)
    assert "Nothing in this part of the queue" in page_of(desk.get(f"{DESK}?place=2"))


@pytest.mark.parametrize("query", ["place=x", "place=99999999999999999999", "undo=x", "undo=-1", "undo=9" + "9" * 30])
def test_made_up_addresses_harm_nothing(desk, query):
    make_review()

    assert desk.get(f"{DESK}?{query}", follow=True).status_code == 200


def test_nothing_waits_is_said_calmly(desk):
    assert "Nothing waits for you" in page_of(desk.get(DESK))


def test_next_and_previous_follow_the_order(desk):
    first, second, third = (make_review(title=title) for title in ("first", "second", "third"))

    page = desk.get(at(second)).content.decode()

    assert re.search(rf'rel="prev" href="{at(first)}"', page)
    assert re.search(rf'rel="next" href="{at(third)}"', page)
    assert 'rel="prev"' not in desk.get(at(first)).content.decode()
    assert 'rel="next"' not in desk.get(at(third)).content.decode()


def test_cards_after_and_before_one_are_those_of_the_whole_order():
    now = timezone.now()
    for place, minutes in [(4, 0), (4, 0), (4, 5), (2, 9), (1, 7), (5, 1), (4, 3)]:
        Card.objects.filter(pk=make_review().pk).update(place=place, since=now + timedelta(minutes=minutes))
    cards = list(Card.objects.in_order())

    for place, card in enumerate(cards):
        assert Card.objects.after(card, 3) == cards[place + 1 : place + 4]
        assert Card.objects.before(card, 3) == cards[max(0, place - 3) : place]


def test_what_is_skipped_comes_next_no_more_until_something_happens_to_it(desk):
    first, second = make_review(), make_review()

    assert desk.post(at(first, "skip")).url == at(second)
    assert Card.objects.get(pk=first.pk).holder() is None
    assert desk.get(DESK).url == at(second)
    assert "skipped by you" in page_of(desk.get(at(second)))

    first.edit(make_wording(first, body="Other words."))
    Card.objects.filter(pk=second.pk).update(since=timezone.now())
    assert desk.get(DESK).url == at(first)


def test_when_only_skipped_reviews_are_left_they_are_offered_again(desk):
    review = make_review()

    page = page_of(desk.post(at(review, "skip"), follow=True))
    assert "Only reviews that you skipped are left" in page

    assert desk.post(f"{DESK}again/").url == at(review)
