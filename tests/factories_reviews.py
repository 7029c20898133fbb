"""Reviews for tests, in any state, reached by the verbs that lead there."""

import re

from django.urls import reverse

from reviews.models import Decision, Review
from tests.factories import make_opening, make_published, make_user

ANSWERS = {
    "rating": "4",
    "title": "Helped when nothing else had",
    "body": "The first two weeks were strange.\n\nAfter the fourth session I slept through the night.",
    "author_name": "Ada",
    "email": "",
    "perspective": "own",
    "reason_for_use": "depression",
    "form_taken": "nasal spray",
    "duration": "months",
    "experienced_on": "2025-03",
    "consent": "on",
}
"""What a reader types into the form, without the note of when it was opened."""


def make_review(*, monograph=None, edition=None, **kwargs):
    """Make a review that waits for a moderator, of a monograph with one edition."""
    monograph = monograph or (edition.monograph if edition else make_published())
    kwargs.setdefault("rating", 4)
    kwargs.setdefault("title", "Helped when nothing else had")
    kwargs.setdefault("body", "The first two weeks were strange.")
    kwargs.setdefault("author_name", "Ada")
    kwargs.setdefault("perspective", Review.Perspective.OWN)
    return Review.objects.create(monograph=monograph, edition=edition or monograph.edition_in_force, **kwargs)


def make_approved(*, by=None, **kwargs):
    """Make a review that the public reads."""
    review = make_review(**kwargs)
    review.approve(by=by or make_user())
    return review


def make_rejected(*, by=None, reason=Decision.Reason.ADVERTISING, **kwargs):
    """Make a review that a moderator refused."""
    review = make_review(**kwargs)
    review.reject(by=by or make_user(), reason=reason)
    return review


def make_withdrawn(**kwargs):
    """Make a review that its author took back."""
    review = make_review(**kwargs)
    review.withdraw()
    return review


def make_unconfirmed(**kwargs):
    """Make a review whose author has not followed the link yet."""
    return make_review(status=Review.Status.UNCONFIRMED, email="ada@example.org", **kwargs)


def make_wording(review, **kwargs):
    """Make what an author types to edit a review: its own words, but for `kwargs`."""
    text = Review(monograph=review.monograph)
    text.take_text_of(review)
    for name, value in kwargs.items():
        setattr(text, name, value)
    return text


def make_moderator(**kwargs):
    """Make somebody who may decide reviews, and nothing else."""
    return make_user("reviews.view_review", "reviews.moderate_review", **kwargs)


def make_note(monograph, *, seconds_ago=60):
    """Return the note of a form that was opened some time ago."""
    return make_opening("reviews", monograph, seconds_ago=seconds_ago)


def send_review(client, monograph, *, seconds_ago=60, **answers):
    """Send the form as a reader would who opened it some time ago; an answer of None is left out."""
    data = {"opened": make_note(monograph, seconds_ago=seconds_ago), **ANSWERS, **answers}
    data = {name: value for name, value in data.items() if value is not None}
    return client.post(reverse("review_new", args=[monograph.slug]), data)


def send_as_it_is(client, monograph, **answers):
    """Send the form, and send it again as it is where the check before sending shows something."""
    response = send_review(client, monograph, **answers)
    if seen := re.search(r'name="seen_findings" value="([^"]+)"', response.content.decode()):
        return send_review(client, monograph, seen_findings=seen[1], **answers)
    return response


def make_finding(text, words, *, kind="sourcing", where="body"):
    """Make what the screening stores about the first place where `words` stand in a text."""
    start = text.index(words)
    return {"kind": kind, "words": words, "where": where, "start": start, "end": start + len(words)}


def make_appealed(*, by=None, text="I named nobody.", **kwargs):
    """Make a refused review whose author appeals."""
    review = make_rejected(by=by, **kwargs)
    review.appeal(text)
    return review
