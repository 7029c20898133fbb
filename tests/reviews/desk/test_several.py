"""Several likely sales messages refused at once."""

import re

import pytest

from reviews.models import Card, Decision, Review
from tests.factories import make_user
from tests.factories_reviews import make_rejected, make_review, make_wording
from tests.reviews.desk.acts import DESK, page_of

pytestmark = pytest.mark.django_db


def several(client, *reviews, **answers):
    data = {"review": [f"{review.pk}:{review.revision}" for review in reviews], "reason": "advertising", **answers}
    return client.post(f"{DESK}several/", data, follow=True)


def test_likely_sales_messages_are_refused_together_each_with_its_own_decision(desk):
    spam = [make_review(title=f"Offer {number}", screened_as="spam", body="Whole text.") for number in range(3)]
    make_review(title="Ordinary")
    page = page_of(desk.get(f"{DESK}several/"))
    assert [f"Offer {number}" in page for number in range(3)] == [True] * 3
    assert "Ordinary" not in page
    assert page.count("Whole text.") == 3

    page = page_of(several(desk, *spam[:2]))

    assert "You refused 2 reviews." in page
    assert [(d.reason, d.was_blind) for d in Decision.objects.all()] == [("advertising", True)] * 2
    assert Review.objects.get(pk=spam[2].pk).status == "pending"

    desk.post(f"{DESK}undo/", {"decision": [decision.pk for decision in Decision.objects.all()]})
    assert Review.objects.pending().count() == 4


def test_of_several_only_those_that_were_shown_so_and_are_nobody_elses_are_refused(desk):
    spam = make_review(screened_as="spam", title="spam")
    ordinary = make_review(title="ordinary")
    changed = make_review(screened_as="spam", title="changed")
    seen = Review.objects.get(pk=changed.pk)
    changed.edit(make_wording(changed, body="Buy it from us on Telegram, no prescription needed, fast shipping."))
    held = make_review(screened_as="spam", title="held")
    Card.objects.claim(held.pk, by=make_user())
    decided = make_rejected(title="decided")

    page = page_of(several(desk, spam, ordinary, seen, held, decided))

    assert Decision.objects.exclude(review=decided).get().review == spam
    assert "“ordinary” was left out" in page
    assert "“held” was left out" in page
    assert "changed: Something changed" in page
    assert "decided: " in page


def test_without_a_tick_or_a_reason_nothing_is_refused_and_the_ticks_stay(desk):
    first, second = (make_review(screened_as="spam") for _ in range(2))

    assert "Tick the messages to refuse." in page_of(several(desk))
    page = page_of(several(desk, second, reason="", message="My words."))

    assert "Choose the rule" in page
    assert "My words." in page
    assert re.search(rf'value="{second.pk}:1"[^>]*checked', page)
    assert not re.search(rf'value="{first.pk}:1"[^>]*checked', page)
    assert not Decision.objects.exists()


@pytest.mark.parametrize("value", ["x", "1", ":", "1:2:3", "9" * 40])
def test_made_up_ticks_harm_nothing(desk, value):
    make_review(screened_as="spam")

    response = desk.post(f"{DESK}several/", {"review": value, "reason": "advertising"})

    assert response.status_code in (200, 302)
    assert not Decision.objects.exists()
