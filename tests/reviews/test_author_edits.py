"""Authors edit their reviews, and appeal."""

import pytest

from reviews.models import Appeal, Review, Wording
from tests.factories import make_user
from tests.factories_reviews import make_approved, make_rejected, make_review
from tests.reviews.author_states import (
    MENDABLE,
    address_of,
    make_change_refused,
    make_change_waiting,
    make_late_refusal,
    page_of,
    send_edit,
)

pytestmark = pytest.mark.django_db


# Editing.


def test_the_form_to_edit_is_filled_in_with_the_newest_wording_and_asks_for_no_address(client):
    review = make_change_waiting(email="ada@example.org", reason_for_use="pain", experienced_on="2025-03-01")

    page = page_of(client.get(address_of(review, "edit")))

    assert 'value="After"' in page
    assert 'value="2025-03"' in page
    assert 'name="email"' not in page
    assert "ada@example.org" not in page


def test_an_author_edits_and_the_published_wording_stays_or_goes_as_they_choose(client):
    stays, goes = make_approved(title="Before"), make_approved(title="Before")

    send_edit(client, stays, title="After", meanwhile="stays")
    send_edit(client, goes, title="After", meanwhile="goes")

    stays.refresh_from_db()
    goes.refresh_from_db()
    assert (stays.status, stays.title, Wording.objects.newest(stays).title) == ("approved", "Before", "After")
    assert (goes.status, goes.title) == ("pending", "After")
    assert client.get(goes.get_absolute_url()).status_code == 404


def test_what_was_refused_and_can_be_mended_opens_with_the_reason_on_top(client):
    review = make_review(title="Helped")
    review.reject(by=make_user(), reason=MENDABLE, message="Please leave out the number.")

    page = page_of(client.get(address_of(review, "edit")))

    assert "Please leave out the number." in page
    assert str(MENDABLE.rule) in page
    assert 'value="Helped"' in page


def test_the_second_of_two_tabs_is_told_and_loses_nothing(client):
    review = make_review()
    assert send_edit(client, review, title="From the first tab", seen=1).status_code == 303

    answer = send_edit(client, review, title="From the second tab", body="Typed here & kept.", seen=1)

    page = page_of(answer)
    assert answer.status_code == 409
    assert "You have sent another wording since you opened this form." in page
    assert "From the first tab" in page
    assert 'value="From the second tab"' in page
    assert "Typed here & kept." in page
    assert '<input type="hidden" name="seen" value="2">' in page
    assert send_edit(client, review, title="From the second tab", seen=2).status_code == 303
    assert Review.objects.get().title == "From the second tab"


def test_a_form_of_an_old_tab_that_comes_back_for_another_reason_still_counts_as_old(client):
    review = make_review()
    send_edit(client, review, title="From the first tab", seen=1)

    page = page_of(send_edit(client, review, title="", seen=1))

    assert '<input type="hidden" name="seen" value="1">' in page


def test_pressing_send_twice_makes_one_wording(client):
    review = make_review()

    answers = [send_edit(client, review, title="After", seen=1) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert review.wordings.count() == 2


def test_a_wording_that_changes_nothing_is_not_sent(client):
    review = make_review()
    send_edit(client, review)

    answer = send_edit(client, review)

    assert "You have not changed anything yet." in page_of(answer)
    assert review.wordings.count() == 2


def test_wordings_are_bounded_in_an_hour(client):
    review = make_review()
    for number in range(9):
        assert send_edit(client, review, title=f"Wording {number}").status_code == 303

    answer = send_edit(client, review, title="One too many")

    assert answer.status_code == 429
    assert 'value="One too many"' in page_of(answer)
    assert int(answer["Retry-After"]) > 0


@pytest.mark.parametrize("seen", ["", "-1", "x", "9" * 30, "١"])
def test_a_made_up_number_of_a_wording_is_taken_for_an_old_one(client, seen):
    review = make_review()

    answer = send_edit(client, review, title="After", seen=seen)

    assert answer.status_code == 409
    assert 'value="After"' in page_of(answer)


def test_when_reviews_are_closed_a_review_can_still_be_mended(client, settings):
    settings.REVIEWS_OPEN = False

    assert send_edit(client, make_rejected(reason=MENDABLE), title="Mended").status_code == 303


# Appealing.


def test_an_appeal_needs_words_and_says_what_happens_next(client):
    review = make_rejected()

    question = page_of(client.get(address_of(review, "appeal")))
    answer = client.post(address_of(review, "appeal"), {"text": " … "})

    assert "Another moderator than the first reads your review" in question
    assert "Say in words why the decision should be different." in page_of(answer)
    assert not Appeal.objects.exists()


def test_a_refusal_can_still_be_appealed_against_after_a_flag_that_changed_nothing(client):
    review = make_change_refused()
    review.flag(reason="abusive")
    review.approve(by=make_user())

    assert client.post(address_of(review, "appeal"), {"text": "Look again."}).status_code == 303
    assert Appeal.objects.get().against.reason == MENDABLE


def test_an_appeal_too_late_is_told_since_when(client):
    review = make_late_refusal()

    assert "The time to appeal ended on" in page_of(client.get(address_of(review, "appeal")))
