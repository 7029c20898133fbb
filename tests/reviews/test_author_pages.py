"""What an author reads on their page, and what they can do there in each state."""

import html
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reviews.models import Appeal, Decision, Review, Wording
from tests.factories import make_opening, make_user
from tests.factories_reviews import (
    ANSWERS,
    make_approved,
    make_rejected,
    make_review,
    make_unconfirmed,
    make_withdrawn,
    make_wording,
)

pytestmark = pytest.mark.django_db

UNDO = timedelta(seconds=10)
MENDABLE = Decision.Reason.PERSONAL_DETAILS


def page_of(response):
    return html.unescape(response.content.decode())


def own_page(client, review):
    return page_of(client.get(review.get_author_url()))


def address_of(review, act):
    return reverse(f"my_review_{act}", args=[review.token])


def send_edit(client, review, **answers):
    """Send the form for a new wording as an author would who opened it a minute ago."""
    note = make_opening("reviews.edit", review.monograph)
    data = {"opened": note, "seen": Wording.objects.newest(review).number, "meanwhile": "stays", **ANSWERS, **answers}
    return client.post(address_of(review, "edit"), data)


def make_change_waiting(**kwargs):
    review = make_approved(title="Before", **kwargs)
    review.edit(make_wording(review, title="After"))
    return review


def make_change_refused(**kwargs):
    review = make_change_waiting(**kwargs)
    review.reject(by=make_user(), reason=MENDABLE)
    return review


def make_taken_down(**kwargs):
    review = make_approved(**kwargs)
    review.flag(reason="abusive")
    review.reject(by=make_user(), reason="abusive")
    return review


def make_mendable(**kwargs):
    return make_rejected(reason=MENDABLE, **kwargs)


def make_appealed(**kwargs):
    review = make_rejected(**kwargs)
    review.appeal("I sold nothing.")
    return review


def make_upheld(**kwargs):
    review = make_appealed(**kwargs)
    review.reject(by=make_user(), reason="advertising", message="It names a shop.")
    return review


def make_overturned(**kwargs):
    review = make_appealed(**kwargs)
    review.approve(by=make_user(), message="You are right.")
    return review


def make_late_refusal(**kwargs):
    """Make a refusal whose time to appeal is over."""
    review = make_rejected(**kwargs)
    long_ago = timezone.now() - timedelta(days=15)
    super(type(Decision.objects.all()), Decision.objects.all()).update(at=long_ago, final_at=long_ago)
    return review


def make_undecided(**kwargs):
    """Make a refusal that its moderator may still take back."""
    review = make_review(**kwargs)
    review.reject(by=make_user(), reason=MENDABLE, undo_for=UNDO)
    return review


# make: words on the page, and which acts work. Whatever does not work says why.
STATES = {
    make_unconfirmed: ("One step is left: please confirm it", {"edit", "withdraw"}),
    make_review: ("Your review waits for a person to read it", {"edit", "withdraw"}),
    make_undecided: ("A moderator is deciding just now", set()),
    make_approved: ("Your review is published", {"edit", "withdraw"}),
    make_change_waiting: ("your new wording waits", {"edit", "withdraw"}),
    make_change_refused: ("your new wording was not accepted", {"edit", "withdraw", "appeal"}),
    make_mendable: ("Your review was not published", {"edit", "appeal"}),
    make_rejected: ("Your review was not published", {"appeal"}),
    make_late_refusal: ("Your review was not published", set()),
    make_taken_down: ("Your review was taken down", {"edit", "appeal"}),
    make_appealed: ("Your appeal waits for another moderator", set()),
    make_upheld: ("the refusal stands", set()),
    make_overturned: ("Your review is published", {"edit", "withdraw"}),
    make_withdrawn: ("You have withdrawn your review", set()),
}


@pytest.mark.parametrize("make", STATES, ids=lambda make: make.__name__)
def test_the_page_says_where_the_review_stands_and_offers_what_can_be_done(client, make):
    words, acts = STATES[make]
    review = make()

    page = own_page(client, review)

    assert words in page
    assert {act for act in ("edit", "withdraw", "appeal") if address_of(review, act) in page} == acts


@pytest.mark.parametrize("make", STATES, ids=lambda make: make.__name__)
def test_each_act_works_or_says_why_not(client, make):
    _words, acts = STATES[make]

    review = make()
    answer = send_edit(client, review, title="Something else")
    newest = Wording.objects.newest(Review.objects.get(pk=review.pk))
    assert (answer.status_code, newest.title == "Something else") == ((303, True) if "edit" in acts else (409, False))
    assert "edit" in acts or "Something else" in page_of(answer)

    review = make()
    answer = client.post(address_of(review, "appeal"), {"text": "Look again & decide."})
    appealed = Appeal.objects.filter(text="Look again & decide.").exists()
    assert (answer.status_code, appealed) == ((303, True) if "appeal" in acts else (409, False))
    assert "appeal" in acts or "Look again & decide." in page_of(answer)

    review = make()
    assert client.post(address_of(review, "withdraw")).url == review.get_author_url()
    is_gone = Review.objects.get(pk=review.pk).status == Review.Status.WITHDRAWN
    assert is_gone == ("withdraw" in acts or make is make_withdrawn)


@pytest.mark.parametrize("act", ["edit", "appeal"])
@pytest.mark.parametrize("make", STATES, ids=lambda make: make.__name__)
def test_a_form_opens_where_it_can_be_sent_and_elsewhere_a_page_says_why_not(client, make, act):
    review = make()
    answer = client.get(address_of(review, act))

    assert answer.status_code == (200 if act in STATES[make][1] else 409)
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies


@pytest.mark.parametrize("act", ["", "edit", "appeal", "withdraw", "confirm"])
def test_only_the_right_token_opens_a_page(client, act):
    review = make_change_refused()
    name = f"my_review_{act}" if act else "my_review"
    right, other = review.token, review.confirmation_token
    if act == "confirm":
        right, other = other, right

    assert client.get(reverse(name, args=[right])).status_code in (200, 302, 303)
    for token in (other, f"{review.pk}.made-up", right[:-1]):
        for answer in (client.get(reverse(name, args=[token])), client.post(reverse(name, args=[token]))):
            assert answer.status_code == 404
            assert "Helped when nothing else had" not in page_of(answer)


def test_the_place_in_the_queue_is_told_and_the_usual_wait_once_there_are_enough_decisions(client):
    for _number in range(10):
        make_approved()
    first, second, third = make_review(), make_review(), make_review()

    assert "It is the first in the queue." in own_page(client, first)
    assert "1 other is before yours in the queue." in own_page(client, second)
    assert "2 others are before yours in the queue. Half of all reviews were decided within" in own_page(client, third)


def test_what_is_public_waits_for_nobody(client):
    make_review()

    assert "in the queue" not in own_page(client, make_approved())


def test_a_decision_that_can_still_be_taken_back_is_not_told(client):
    review = make_undecided()

    page = own_page(client, review)

    assert str(MENDABLE.label) not in page
    assert "decided not to publish" not in page
    assert str(MENDABLE.label) not in page_of(send_edit(client, review, title="Something else"))
    assert str(MENDABLE.label) not in page_of(client.get(address_of(review, "appeal")))


def test_a_decision_that_was_taken_back_is_never_told(client):
    review = make_review()
    moderator = make_user()
    review.reject(by=moderator, reason=MENDABLE, undo_for=UNDO).retract(by=moderator)

    page = own_page(client, review)

    assert "Your review waits for a person to read it" in page
    assert str(MENDABLE.label) not in page


def test_every_wording_and_decision_is_shown_and_never_who_decided(client):
    first, second = make_user(first_name="Mary", last_name="Seacole"), make_user(username="e.cavell")
    review = make_rejected(by=first, title="First wording", reason=MENDABLE)
    review.edit(make_wording(review, title="Second wording"))
    review.approve(by=first, message="Thank you for mending it.")
    review.edit(make_wording(review, title="Third wording"))
    review.reject(by=second, reason="abusive", message="Please stay calm.")
    review.appeal("I am calm.")
    review.reject(by=first, reason="abusive", message="You call somebody a fool.")

    page = own_page(client, review)

    for words in (
        "First wording",
        "Second wording",
        "Third wording",
        "Thank you for mending it.",
        "Please stay calm.",
        "I am calm.",
        "You call somebody a fool.",
        str(MENDABLE.rule),
    ):
        assert words in page
    for name in ("Seacole", "cavell", first.username):
        assert name not in page


def test_the_passages_that_were_marked_are_shown_by_a_mark_and_not_only_by_colour(client):
    body = "It helped. Call Dr Smith & ask."
    review = make_review(body=body)
    mark = {"where": "body", "start": body.index("Dr"), "end": body.index(" ask")}
    review.reject(by=make_user(), reason="about_a_person", marks=[mark])

    for address in (review.get_author_url(), address_of(review, "edit"), address_of(review, "appeal")):
        assert "It helped. Call <mark>Dr Smith &amp;</mark> ask." in client.get(address).content.decode()


@pytest.mark.parametrize(
    "mark",
    [
        {"where": "body", "start": 5, "end": 5},
        {"where": "body", "start": -3, "end": 2},
        {"where": "body", "start": 0, "end": 10_000},
        {"where": "email", "start": 0, "end": 3},
        {"where": "nothing", "start": 0, "end": 3},
    ],
)
def test_a_mark_that_lies_nowhere_shows_nothing(client, mark):
    review = make_review(email="ada@example.org")
    review.reject(by=make_user(), reason="about_a_person", marks=[mark])

    assert "<mark>" not in own_page(client, review)


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


def test_an_appeal_needs_words_and_says_what_happens_then(client):
    review = make_rejected()

    question = page_of(client.get(address_of(review, "appeal")))
    answer = client.post(address_of(review, "appeal"), {"text": " … "})

    assert "Another moderator than the first reads your review" in question
    assert "in at least one word" in page_of(answer)
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
