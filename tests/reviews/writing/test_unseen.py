"""Characters that a moderator cannot see are not stored, and those that scripts need are."""

import pytest

from reviews.models import Review
from tests.factories_reviews import send_as_it_is

pytestmark = pytest.mark.django_db


def test_nothing_is_stored_that_a_moderator_cannot_see(client, monograph):
    tags = "".join(chr(0xE0000 + ord(letter)) for letter in "buy at evil.example")
    hidden = f"{tags}\u202e\u2066\u200b\u3164\u2060"
    answers = {"body": f"It helped.{hidden} A lot.", "author_name": f"A{hidden}da", "title": f"{hidden}Good"}
    send_as_it_is(client, monograph, **answers)

    review = Review.objects.get()
    assert (review.body, review.author_name, review.title) == ("It helped. A lot.", "Ada", "Good")


def test_what_scripts_and_emoji_are_joined_with_stays(client, monograph):
    body, name = "می\u200cخواهم 👩\u200d⚕️ works", "שלום\u200f"
    send_as_it_is(client, monograph, body=body, author_name=name)

    review = Review.objects.get()
    assert (review.body, review.author_name) == (body, name)
