from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from reviews.models import Review, Vote
from tests.factories import make_published
from tests.factories_reviews import make_approved, make_review

pytestmark = pytest.mark.django_db


def age(review, **since):
    Review.objects.filter(pk=review.pk).update(submitted_at=timezone.now() - timedelta(**since))
    return review


def test_network_hashes_are_kept_for_the_days_of_the_setting_and_no_longer(settings, capsys):
    settings.ADDRESS_RETENTION_DAYS = 7
    monograph = make_published()
    old = age(make_approved(monograph=monograph, network_hash="a" * 64), days=8)
    new = age(make_approved(monograph=monograph, network_hash="b" * 64), days=6)

    call_command("purge_personal_data")

    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.network_hash, new.network_hash) == ("", "b" * 64)
    assert "1 network hashes" in capsys.readouterr().out


def test_votes_are_forgotten_with_their_hashes_and_stay_counted(settings):
    settings.ADDRESS_RETENTION_DAYS = 7
    review = make_approved()
    review.vote(address="192.0.2.1")
    Vote.objects.update(at=timezone.now() - timedelta(days=8))

    call_command("purge_personal_data")

    assert not Vote.objects.exists()
    review.refresh_from_db()
    assert review.helpful_count == 1


def test_reviews_that_nobody_confirmed_within_a_day_are_erased_and_no_others(capsys):
    monograph = make_published()
    gone = age(make_review(monograph=monograph, status=Review.Status.UNCONFIRMED), hours=25)
    kept = [
        age(make_review(monograph=monograph, status=Review.Status.UNCONFIRMED), hours=23),
        age(make_review(monograph=monograph), days=400),
        age(make_approved(monograph=monograph), days=400),
    ]

    call_command("purge_personal_data")

    assert not Review.objects.filter(pk=gone.pk).exists()
    assert Review.objects.count() == len(kept)
