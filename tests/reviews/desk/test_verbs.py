"""Every verb of the desk, for everything that a card can ask."""

import re

import pytest

from reviews.models import Appeal, Decision, Flag, Review
from tests.factories_reviews import (
    make_appealed,
    make_approved,
    make_finding,
    make_moderator,
    make_review,
    make_wording,
)
from tests.reviews.desk.acts import DESK, approve, at, page_of, reject

pytestmark = pytest.mark.django_db


# Every verb, for everything that a card can ask.


def test_approving_makes_public_and_leads_to_the_next_review(desk, moderator):
    review, other = make_review(), make_review()

    response = approve(desk, review)

    decision = Decision.objects.get()
    assert response.url == f"{at(other)}?undo={decision.pk}"
    assert (decision.by, decision.verdict, decision.was_blind) == (moderator, "approved", True)
    assert Review.objects.get(pk=review.pk).is_public


def test_refusing_takes_a_reason_and_a_message_or_the_one_of_the_reason(desk):
    for typed, told in [("Leave the insult out.", "Leave the insult out."), ("", Decision.Reason.ABUSIVE.message)]:
        reject(desk, make_review(), **{"no-message": typed})

        decision = Decision.objects.first()
        assert (decision.verdict, decision.reason, decision.was_blind) == ("rejected", "abusive", True)
        assert decision.message == str(told)


def test_a_refusal_without_a_reason_comes_back_with_everything_that_was_typed(desk):
    review = make_review(body="Call me now.")

    response = reject(desk, review, **{"no-reason": "", "no-message": "My words.", "mark": "body:0:7"})

    page = page_of(response)
    assert "data-focus>Choose the rule that the review breaks." in page
    assert page.count("data-focus") == 1
    assert "My words." in page
    assert 'data-value="body:0:7"' in page
    assert not Decision.objects.exists()


def test_a_decision_without_the_revision_that_was_seen_is_not_taken(desk):
    review = make_review()

    page = page_of(desk.post(at(review, "approve")))

    assert "Open the review again before you decide." in page
    assert not Decision.objects.exists()


def test_a_new_wording_is_decided_beside_the_public_one_and_compared_with_it(desk):
    review = make_approved(title="Before", body="It helped me much.")
    review.edit(make_wording(review, title="After", body="It helped me little."))

    page = page_of(desk.get(at(review)))
    assert "<del>much</del><ins>little</ins>" in page
    assert "Approve the new wording" in page

    approve(desk, review)
    review.refresh_from_db()
    assert review.title == "After"


def test_flags_are_merged_with_their_notes_and_answered(desk):
    kept, taken_down = make_approved(), make_approved()
    for review in (kept, taken_down):
        review.flag(reason="abusive", note="It calls me names.", address="192.0.2.1")
        review.flag(reason="abusive", address="192.0.2.2")

    page = page_of(desk.get(at(kept)))
    assert "2 reports by readers" in page
    assert "It is abusive (2)" in page
    assert "It calls me names." in page
    assert "Keep it public" in page

    assert f"You kept “{kept}” public." in page_of(approve(desk, kept, follow=True))
    assert f"You took down “{taken_down}”: Abusive." in page_of(reject(desk, taken_down, follow=True))
    statuses = dict(Flag.objects.order_by("review").values_list("review", "status"))
    assert statuses == {kept.pk: "dismissed", taken_down.pk: "upheld"}
    assert not Review.objects.get(pk=taken_down.pk).is_public


def test_an_appeal_is_answered_in_words_by_somebody_who_does_not_see_who_refused(desk):
    florence = make_moderator(first_name="Florence", last_name="Nightingale", username="florence")
    review = make_appealed(by=florence, text="I named nobody.")

    page = page_of(desk.get(at(review)))
    assert "I named nobody." in page
    assert str(Decision.Reason.ADVERTISING.rule) in page
    for address in (at(review), f"/admin/reviews/review/{review.pk}/history/", "/admin/reviews/decision/"):
        assert "lorence" not in page_of(desk.get(address))

    for response in (approve(desk, review), reject(desk, review)):
        assert "Write an answer" in page_of(response)
    approve(desk, review, **{"yes-message": "You are right."})
    assert Appeal.objects.get().answer.message == "You are right."
    assert Review.objects.get(pk=review.pk).is_public


def test_an_upheld_refusal_keeps_the_first_reason_unless_another_is_chosen(desk):
    review = make_appealed()

    page = desk.get(at(review)).content.decode()

    assert re.search(r'value="advertising"[^>]* checked', page)


def test_whoever_refused_does_not_answer_the_appeal(desk, moderator):
    review = make_appealed(by=moderator)

    assert desk.get(DESK).status_code == 200  # nothing is offered
    page = page_of(desk.get(at(review)))
    assert "somebody else must answer the appeal" in page
    assert 'data-key="a"' not in page

    response = approve(desk, review, **{"yes-message": "Mine."})
    assert response.status_code == 409
    assert "another moderator has to answer" in page_of(response)


def test_nobody_decides_a_review_of_their_own(desk):
    review = make_review(email="Mary@example.org")

    assert desk.get(DESK).status_code == 200
    page = page_of(desk.get(at(review)))
    assert "You wrote this review, so somebody else must decide it." in page
    assert 'data-key="a"' not in page
    assert approve(desk, review).status_code == 409
    assert not Decision.objects.exists()


# Passages for the author.


def test_passages_are_marked_by_finding_and_by_place(desk):
    body = "Buy from us. Call 12345678 now. You fool."
    review = make_review(body=body, findings=[make_finding(body, "Buy from us")])
    assert 'name="mark" value="body:0:11"' in page_of(desk.get(at(review)))

    reject(desk, review, mark=["body:32:40", "body:0:11", "body:0:11"])

    assert [body[mark["start"] : mark["end"]] for mark in Decision.objects.get().marks] == ["Buy from us", "You fool"]


@pytest.mark.parametrize(
    "mark",
    ["body", "body:1", "body:5:2", "body:0:9999", "rating:0:1", "email:0:1", "body:-1:3", "body:a:b", "::", "body:²:3"],
)
def test_a_passage_that_is_not_in_the_text_is_refused_with_a_clear_error(desk, mark):
    review = make_review(body="Short.", email="ada@example.org")

    page = page_of(reject(desk, review, mark=mark))

    assert "A marked passage is not in this text." in page
    assert not Decision.objects.exists()


def test_at_most_twenty_passages_are_marked(desk):
    page = page_of(reject(desk, make_review(), mark=[f"body:{start}:{start + 1}" for start in range(21)]))

    assert "Mark at most 20 passages." in page
