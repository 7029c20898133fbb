"""Reviews in every state that their authors' pages know, and how authors reach them."""

import html
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from reviews.models import Decision, Wording
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
