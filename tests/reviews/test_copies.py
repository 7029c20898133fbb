"""Near copies: a text with a few words changed is found among the reviews, another one is not, at a fixed cost."""

import random
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from reviews import copies
from reviews.admin.desk.beside import similar_reviews
from reviews.likeness import ALIKE, BANDS, FEWEST, MOST_PAIRS, keys_of, likeness, pairs_of
from reviews.models import Review, TextKey
from tests.factories import make_published
from tests.factories_reviews import make_approved, make_review, make_wording, send_review
from tests.reviews.obfuscation import look_alikes, unseen
from tests.reviews.screening_texts import HOSTILE, messages

STORIES = [text for text in messages("genuine_train", of_each=1) if len(text.split()) > 60]
STORY = STORIES[0]
ADDED = " I wish everybody who reads this all the luck."


def is_found(text, copy):
    pairs, others = pairs_of(text), pairs_of(copy)
    return not set(keys_of(pairs)).isdisjoint(keys_of(others)) and likeness(pairs, others) >= ALIKE


def edited(text, chance):
    words = text.split()
    for _word in range(len(words) // 20):
        words[chance.randrange(len(words))] = chance.choice(["really", "blue", "perhaps", "Monday"])
    return " ".join(words) + ADDED


def stored(**answers):
    review = make_review(**answers)
    copies.index(review)
    return review


def test_texts_with_a_few_words_changed_and_a_sentence_added_are_found():
    chance = random.Random(3)

    assert sum(is_found(text, edited(text, chance)) for text in STORIES for _time in range(4)) >= 0.98 * 4 * len(
        STORIES
    )


@pytest.mark.parametrize("way", [look_alikes, unseen])
def test_texts_written_with_other_letters_are_found(way):
    chance = random.Random(3)

    assert all(is_found(text, way(text, chance)) for text in STORIES)


def test_texts_that_say_something_else_share_no_key():
    texts = [text for text in messages("genuine_train", of_each=1) if len(text.split()) > FEWEST]
    keys = [set(keys_of(pairs_of(text))) for text in dict.fromkeys(texts)]
    several = sum(not one.isdisjoint(other) for place, one in enumerate(keys) for other in keys[:place])

    assert len(keys) > 300
    assert several < len(keys) ** 2 / 2 / 1000


def test_capitals_and_marks_change_no_key():
    assert keys_of(pairs_of(STORY.upper().replace(",", " –").replace(".", "!!"))) == keys_of(pairs_of(STORY))


@given(st.dictionaries(st.integers(0, 50), st.sampled_from(["blue", "perhaps", "Monday", ""]), max_size=3))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_a_text_is_found_whichever_three_of_its_words_are_changed(changes):
    words = STORY.split()
    for place, word in changes.items():
        words[place] = word

    assert is_found(STORY, " ".join(words))


@pytest.mark.parametrize("piece", [*HOSTILE[::12], None])
def test_a_hostile_text_has_no_more_keys_than_any_other(piece):
    text = (piece * 10_000)[:10_000] if piece else " ".join(f"w{number}" for number in range(1_600))
    pairs = pairs_of(text)

    assert len(keys_of(pairs)) in (0, BANDS)
    assert keys_of(pairs) == keys_of(sorted(pairs)[:MOST_PAIRS])


def test_short_texts_are_copies_of_nothing():
    assert keys_of(pairs_of("It helped me a lot, and I would take it again.")) == []


@pytest.mark.django_db
class TestStored:
    def test_near_copies_are_found_the_most_alike_first(self):
        chance = random.Random(5)
        other, near, equal = (stored(body=body) for body in (STORIES[1], edited(STORY, chance), STORY))

        assert copies.near_copies(STORY) == [equal.pk, near.pk]
        assert copies.near_copies(STORY, of=equal.pk) == [near.pk]
        assert other.pk not in copies.near_copies(edited(STORY, chance))

    def test_somebody_elses_words_are_pointed_out_and_ones_own_are_not(self):
        stored(body=STORY, email="ada@example.org")

        def found(**answers):
            return [finding.kind for finding in copies.copied(Review(body=STORY + ADDED, **answers))]

        assert found() == found(email="grace@example.org") == ["near_copy"]
        assert found(email="ada@example.org") == []

    def test_a_hundred_copies_are_looked_up_in_as_many_queries_as_one(self):
        for _copy in range(3):
            stored(body=STORY)
        counts = []
        for _time in range(2):
            with CaptureQueriesContext(connection) as queries:
                copies.near_copies(STORY + ADDED)
            counts.append(len(queries))
            Review.objects.bulk_create(Review(**_fields_of(Review.objects.first())) for _copy in range(100))
            first = Review.objects.order_by("pk").first()
            keys = list(first.text_keys.values_list("key", flat=True))
            fresh = Review.objects.filter(text_keys=None)
            TextKey.objects.bulk_create(TextKey(review=review, key=key) for review in fresh for key in keys)

        assert counts == [2, 2]
        assert len(copies.near_copies(STORY)) == copies.MOST_COMPARED

    def test_an_edited_review_is_found_by_its_new_text_alone(self):
        review = stored(body=STORY)

        review.edit(make_wording(review, body=STORIES[1]))

        assert copies.near_copies(STORIES[1]) == [review.pk]
        assert copies.near_copies(STORY) == []

    def test_the_public_text_is_found_while_another_wording_waits(self):
        review = make_approved(body=STORY)
        copies.index(review)

        review.edit(make_wording(review, body=STORIES[1]))

        assert copies.near_copies(STORY) == [review.pk]

    def test_reviews_of_before_get_their_keys_by_the_migration(self):
        review = make_review(body=STORY)
        make_review(body="It helped.")

        import_module("reviews.migrations.0019_text_keys").fill(apps, None)

        assert copies.near_copies(STORY + ADDED) == [review.pk]
        assert TextKey.objects.count() == BANDS

    def test_a_sent_review_is_found_and_shown_beside_a_near_copy(self, client):
        send_review(client, make_published(), body=STORY)
        first = Review.objects.get()
        copy = make_review(body=STORY + ADDED)

        similar = similar_reviews(copy, copy)

        assert [(str(history.label), history.newest) for history in similar] == [("Nearly the same text", [first])]

    def test_the_keys_of_an_erased_review_are_erased(self):
        review = stored(body=STORY)

        review.erase()

        assert not TextKey.objects.exists()


def _fields_of(review):
    names = {field.attname for field in Review._meta.concrete_fields} - {"id", "form_key", "email", "email_hash"}
    return {name: getattr(review, name) for name in names}
