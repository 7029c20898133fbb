"""Synthetic rows are what the portal's own verbs would have made."""

import pytest
from django.core.management import CommandError, call_command

from monographs.models import Monograph
from monographs.page_cache import stamp_of
from monographs.publishing import contents_of, digest_of
from reviews.copies import hash_of
from reviews.likeness import keys_of, pairs_of
from reviews.models import Card, Decision, Review
from tests.factories_reviews import make_approved

pytestmark = pytest.mark.django_db


def test_what_populate_makes_agrees_with_itself_and_shows(client):
    call_command("populate", monographs=12, reviews=300)

    call_command("verify")
    assert (Monograph.objects.count(), Review.objects.count()) == (12, 300)
    assert Decision.objects.count() + Card.objects.count() == 300
    for review in Review.objects.all()[:9]:
        assert review.text_hash == hash_of(review.body)
        assert {key.key for key in review.text_keys.all()} == set(keys_of(pairs_of(review.body)))
    for monograph in Monograph.objects.all():
        assert monograph.edition_in_force.digest == digest_of(contents_of(monograph))
        assert not monograph.has_changes
        assert stamp_of(monograph.slug).stored_frame()
    first = Monograph.objects.first()
    assert client.get(first.get_absolute_url()).status_code == 200
    assert first.title in client.get("/search/", {"q": first.title}).content.decode()
    assert client.get("/reviews/fairness/").status_code == 200


def test_a_second_run_adds_to_the_first_only_when_forced():
    call_command("populate", monographs=3, reviews=10)
    with pytest.raises(CommandError, match="has reviews"):
        call_command("populate", monographs=3)

    call_command("populate", monographs=3, reviews=10, force=True)

    call_command("verify")
    assert Monograph.objects.count() == 6


def test_a_site_with_reviews_of_people_is_left_alone():
    make_approved()

    with pytest.raises(CommandError, match="has reviews"):
        call_command("populate", monographs=1, reviews=1)

    assert (Monograph.objects.count(), Review.objects.count()) == (1, 1)


def test_reviews_need_a_monograph():
    with pytest.raises(CommandError, match="no monograph"):
        call_command("populate", reviews=1)
