"""Backup and restore: nothing is lost."""

import errno
import io
import random
import subprocess
import sys
import threading
from unittest import mock

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client

from monographs.models import Monograph, Picture
from monographs.page_cache import stamp_of
from portal.backup.archive import Reader
from portal.models import RecoveryCode
from reviews.models import Review, Tally
from tests.factories import make_user
from tests.factories_reviews import make_review, make_unconfirmed, send_review
from tests.portal.backing_up import back_up, empty_site, facts, make_site, restore
from tests.portal.test_quickstart import BASE_DIR, environment

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_restored_site_is_identical_and_agrees_with_itself(tmp_path):
    make_site()
    archive = back_up(tmp_path / "a.zip")
    empty_site()
    make_user(username="somebody-else")
    restore(tmp_path / "a.zip", force=True)
    assert facts(tmp_path) == archive.digest
    assert Review.objects.count() == 3
    assert default_storage.exists(Picture.objects.get().file.name)
    assert stamp_of("ketamine").stored_frame()
    assert "Ketamine" in Client().get("/search/?q=ketamine").content.decode()
    call_command("verify", stdout=io.StringIO())


def test_files_of_the_site_before_do_not_stay(tmp_path):
    make_site()
    back_up(tmp_path / "a.zip")
    default_storage.save("pictures/ffffffffffffffff.png", ContentFile(b"of another site"))
    restore(tmp_path / "a.zip", force=True)
    assert not default_storage.exists("pictures/ffffffffffffffff.png")


def test_the_archive_is_readable_by_its_owner_only_and_overwrites_nothing(tmp_path):
    path = tmp_path / "a.zip"
    back_up(path)
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(CommandError, match="exists already"):
        back_up(path)


def test_an_archive_that_cannot_be_written_leaves_nothing_behind(tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        back_up(tmp_path / "no" / "folder.zip")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_file_of_a_picture_is_said_and_the_rest_is_kept(tmp_path):
    make_site()
    default_storage.delete(Picture.objects.get().file.name)
    with pytest.raises(CommandError, match="1 files of pictures are missing"):
        back_up(tmp_path / "a.zip")
    restore(tmp_path / "a.zip", force=True)
    assert Review.objects.count() == 3


def test_pictures_that_are_there_stay_when_the_disk_is_full(tmp_path):
    make_site()
    back_up(tmp_path / "a.zip")
    with mock.patch.object(default_storage, "save", side_effect=OSError(errno.ENOSPC, "No space left on device")):
        restore(tmp_path / "a.zip", force=True)
        name = Picture.objects.get().file.name
        assert default_storage.exists(name)
        with default_storage.open(name, "wb") as file:
            file.write(b"damaged")
        with pytest.raises(CommandError, match="pictures cannot be stored"):
            restore(tmp_path / "a.zip", force=True)
    restore(tmp_path / "a.zip", force=True)
    call_command("verify", stdout=io.StringIO())


def test_sessions_are_not_in_it(tmp_path, client):
    client.force_login(make_user())
    archive = back_up(tmp_path / "a.zip")
    assert not any("session" in name for name in archive.manifest["members"])


def test_numbers_given_out_after_the_backup_are_not_given_out_again(tmp_path, client):
    """Authors' links are signed numbers: an old link must not open a review of somebody else."""
    monograph = make_site()
    back_up(tmp_path / "a.zip")
    lost = make_review(monograph=monograph)
    restore(tmp_path / "a.zip", force=True)
    new = make_review(monograph=Monograph.objects.get(slug="ketamine"))
    assert new.pk > lost.pk
    assert client.get(lost.get_author_url()).status_code == 404


def test_a_deleted_row_does_not_give_its_number_away(tmp_path):
    monograph = make_site()
    erased = make_unconfirmed(monograph=monograph)
    number = erased.pk
    erased.delete()
    back_up(tmp_path / "a.zip")
    restore(tmp_path / "a.zip", force=True)
    assert make_review(monograph=Monograph.objects.get(slug="ketamine")).pk > number


def test_a_site_that_holds_something_is_replaced_only_when_forced(tmp_path):
    make_site()
    back_up(tmp_path / "a.zip")
    make_user(username="new")
    before = facts(tmp_path)
    with pytest.raises(CommandError, match="--force"):
        restore(tmp_path / "a.zip")
    assert facts(tmp_path, "after.zip") == before


def test_while_four_people_write_the_copy_is_consistent(tmp_path, settings):
    settings.REVIEWS_PER_HOUR = 100_000
    monograph = make_site()
    moderator = make_user()
    known = [make_review(monograph=monograph) for _ in range(5)]
    stop, faults = threading.Event(), []

    def write(number):
        chance = random.Random(number)
        try:
            while not stop.is_set():
                with transaction.atomic():  # as submit() does
                    review = make_review(monograph=monograph, rating=chance.randint(1, 5))
                if chance.random() < 0.8:
                    review.approve(by=moderator)
                    if chance.random() < 0.4:
                        review.withdraw()
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=[number]) for number in range(4)]
    for writer in writers:
        writer.start()
    try:
        counts = []
        for number in range(4):
            archive = back_up(tmp_path / f"{number}.zip")
            counts.append(sum(1 for _line in archive.lines("rows/reviews.review.jsonl")))
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    assert not faults
    assert counts == sorted(counts)
    assert counts[-1] > len(known)
    for number in range(4):
        restore(tmp_path / f"{number}.zip", force=True)
        assert Review.objects.count() == counts[number]
        assert Tally.objects.differing_from_reviews() == []
        call_command("verify", stdout=io.StringIO())


def manage(data_dir, *arguments):
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=BASE_DIR, env={**environment(data_dir), "SECRET_KEY": "k" * 60},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.mark.long
def test_a_site_goes_on_on_sqlite_and_comes_back(tmp_path):
    make_site()
    archive = back_up(tmp_path / "a.zip")
    data_dir = tmp_path / "elsewhere"
    for arguments in (["restore", tmp_path / "a.zip"], ["verify"], ["backup", tmp_path / "b.zip"]):
        result = manage(data_dir, *arguments)
        assert result.returncode == 0, result.stderr
    assert Reader(tmp_path / "b.zip").digest == archive.digest
    empty_site()
    restore(tmp_path / "b.zip")
    assert facts(tmp_path) == archive.digest
    assert RecoveryCode.objects.count() == 0
    monograph = Monograph.objects.get(slug="ketamine")
    assert send_review(Client(), monograph).status_code == 303
