"""E-mail addresses as they are kept: encrypted, found by a keyed hash, and readable after the key has changed."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from reviews.mail import deliver_due
from reviews.models import Flag, Letter, LinkRequest, Review
from tests.factories import make_user
from tests.factories_reviews import make_approved, make_rejected, make_review, make_withdrawn

pytestmark = pytest.mark.django_db

ADA, GRACE = "ada@example.org", "grace@example.org"


def stored(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT email FROM {table}")  # noqa: S608  (one of two names)
        return [row[0] for row in cursor.fetchall()]


def change_key(settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "new-" + "y" * 50


def test_an_address_is_kept_encrypted_and_each_time_differently():
    review = make_approved(email=ADA)
    make_review(email=ADA)
    review.flag(reason="abusive", email=GRACE)

    kept = [*stored("reviews_review"), *stored("reviews_flag")]

    assert len(set(kept)) == 3
    assert not [text for text in kept if "example" in text or len(text) < 80]
    assert (Review.objects.get(pk=review.pk).email, Flag.objects.get().email) == (ADA, GRACE)


def test_no_address_is_kept_as_nothing():
    make_review(email="")

    assert stored("reviews_review") == [""]
    assert not Review.objects.exclude(email="").exists()


def test_the_longest_address_that_the_form_takes_is_kept():
    longest = "a" * 64 + "@" + "b." * 94 + "c"
    assert len(longest) == 254

    assert Review.objects.get(pk=make_review(email=longest).pk).email == longest


def test_an_address_can_be_read_and_found_after_the_key_changed(settings):
    review = make_review(email=ADA)
    change_key(settings)

    assert Review.objects.get().email == ADA
    assert list(Review.objects.written_from("ADA@example.org")) == [review]
    with pytest.raises(Review.OwnReview):
        review.approve(by=make_user(email=ADA))


def test_the_daily_command_brings_addresses_under_the_new_key_so_that_the_former_can_go(settings, capsys):
    review = make_approved(email=ADA)
    review.flag(reason="abusive", email=GRACE)
    change_key(settings)

    call_command("purge_personal_data")
    settings.SECRET_KEY_FALLBACKS = []

    assert "Brought under the new key: 2 addresses," in capsys.readouterr().out
    assert (Review.objects.get().email, Flag.objects.get().email) == (ADA, GRACE)
    assert list(Review.objects.written_from(ADA)) == [review]
    call_command("purge_personal_data")
    assert "Brought under the new key: 0 addresses," in capsys.readouterr().out


def test_an_address_whose_key_is_gone_reads_as_none_and_breaks_nothing(settings, client):
    review = make_review(email=ADA)
    settings.SECRET_KEY = "new-" + "y" * 50

    assert client.get(review.get_author_url()).status_code == 200
    assert Review.objects.get().email == ""
    assert deliver_due(timezone.now()) == (0, 0)


def test_addresses_from_before_are_encrypted_by_the_migration():
    review = make_approved(email=ADA)
    review.flag(reason="abusive", email=GRACE)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reviews_review SET email = %s", [ADA])
        cursor.execute("UPDATE reviews_flag SET email = %s", [GRACE])

    import_module("reviews.migrations.0014_encrypt_addresses").encrypt(apps, None)

    assert ADA not in stored("reviews_review")
    assert (Review.objects.get().email, Flag.objects.get().email) == (ADA, GRACE)


def test_of_several_public_reviews_from_before_one_keeps_the_hash():
    first = make_approved(email=ADA)
    second = make_approved(monograph=first.monograph, email=GRACE)

    import_module("reviews.migrations.0014_encrypt_addresses").leave_one(apps, None)

    assert all(Review.objects.values_list("email_hash", flat=True))
    assert second.is_public


# Retention.


def aged(rows, **since):
    """Date rows back, whatever the model says about that."""
    name, ago = since.popitem()
    rows.update(**{name: timezone.now() - timedelta(days=ago)})


def test_the_hash_of_a_reporters_network_is_kept_for_the_days_of_the_setting(settings):
    settings.ADDRESS_RETENTION_DAYS = 7
    review = make_approved()
    old = review.flag(reason="abusive", address="192.0.2.1")
    new = review.flag(reason="abusive", address="192.0.2.2")
    aged(Flag.objects.filter(pk=old.pk), at=8)
    aged(Flag.objects.filter(pk=new.pk), at=6)

    call_command("purge_personal_data")

    old.refresh_from_db()
    new.refresh_from_db()
    assert (bool(old.network_hash), bool(new.network_hash)) == (False, True)


def test_a_reporters_address_goes_a_week_after_the_answer_and_not_before(capsys):
    closed, recent, waiting = make_approved(), make_approved(), make_approved()
    for review in (closed, recent, waiting):
        review.flag(reason="abusive", email=GRACE)
    for review in (closed, recent):
        review.approve(by=make_user())
    aged(closed.flags, closed_at=8)
    aged(recent.flags, closed_at=6)

    call_command("purge_personal_data")

    assert [review.flags.get().email for review in (closed, recent, waiting)] == ["", GRACE, GRACE]
    assert "1 addresses" in capsys.readouterr().out


def test_the_address_of_a_withdrawn_review_goes_with_the_hashes_and_others_stay(settings):
    settings.ADDRESS_RETENTION_DAYS = 7
    old, recent, refused = make_withdrawn(email=ADA), make_withdrawn(email=ADA), make_rejected(email=ADA)
    aged(Review.objects.filter(pk=old.pk), withdrawn_at=8)
    aged(Review.objects.filter(pk=recent.pk), withdrawn_at=6)

    call_command("purge_personal_data")

    assert list(Review.objects.written_from(ADA).order_by("pk")) == [recent, refused]
    old.refresh_from_db()
    assert (old.email, old.email_hash) == ("", "")


def test_records_of_letters_and_of_requests_for_links_are_erased():
    make_review(email=ADA).approve(by=make_user())
    make_review(email=ADA).approve(by=make_user())
    aged(Letter.objects.filter(pk=Letter.objects.first().pk), due_at=91)
    for days in (0, 2):
        LinkRequest.objects.create(email_hash="a" * 64, at=timezone.now() - timedelta(days=days))

    call_command("purge_personal_data")

    assert (Letter.objects.count(), LinkRequest.objects.count()) == (1, 1)
