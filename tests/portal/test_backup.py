"""Backup and restore: whole, consistent, and never half."""

import hashlib
import io
import json
import random
import subprocess
import sys
import threading
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as example_settings
from hypothesis import strategies as st
from PIL import Image

from monographs.models import Monograph, Picture
from monographs.pictures import store
from portal.backup import archive as archives
from portal.backup.archive import Reader, Unusable
from portal.models import RecoveryCode
from reviews.models import Review, Tally
from tests.factories import make_published, make_user
from tests.factories_reviews import make_approved, make_rejected, make_review, make_unconfirmed, send_review
from tests.portal.test_quickstart import BASE_DIR, environment

pytestmark = pytest.mark.django_db(transaction=True)


def make_site():
    """Make a site with something in most tables, and characters of all kinds; return its first monograph."""
    monograph = make_published(title="Ketamine “S” – Ω 💊", slug="ketamine")
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(buffer, "PNG")
    store(ContentFile(buffer.getvalue()), by=None)
    make_approved(monograph=monograph, title="Ünï – 漢字 – \u2028 🙂", email="ada@example.org")
    make_rejected(monograph=monograph)
    make_review(monograph=monograph, findings=[{"kind": "x", "words": "ß", "b": 1, "a": 2.5}])
    make_published(title="Other")
    make_user("reviews.moderate_review", username="vera")
    return monograph


def back_up(path):
    call_command("backup", path, stdout=io.StringIO())
    return Reader(path)


def restore(path, **options):
    call_command("restore", path, stdout=io.StringIO(), **options)


def facts(tmp_path, name="now.zip"):
    """Return one digest over all rows and files of the site as it is now."""
    return back_up(tmp_path / name).digest


def empty_site():
    call_command("flush", interactive=False, verbosity=0)
    for name in default_storage.listdir("pictures")[1]:
        default_storage.delete(f"pictures/{name}")


def test_a_restored_site_is_identical_and_agrees_with_itself(tmp_path):
    make_site()
    archive = back_up(tmp_path / "a.zip")
    empty_site()
    make_user(username="somebody-else")
    restore(tmp_path / "a.zip", force=True)
    assert facts(tmp_path) == archive.digest
    assert Review.objects.count() == 3
    assert default_storage.exists(Picture.objects.get().file.name)
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


# What is refused.


def assert_refused(path):
    """The archive is refused; `good` looks whether anything was changed."""
    with pytest.raises(CommandError, match="Nothing was changed"):
        restore(path, force=True)


@pytest.fixture
def good(tmp_path):
    """An archive of a site that is another one since, and afterwards still is what it was."""
    make_site()
    back_up(tmp_path / "good.zip")
    make_user(username="later")
    before = facts(tmp_path)
    yield tmp_path / "good.zip"
    assert facts(tmp_path, "after.zip") == before


@pytest.fixture
def bad(tmp_path):
    return tmp_path / "bad.zip"


def test_a_truncated_archive_is_refused(good, bad):
    data = good.read_bytes()
    for length in (0, 1, len(data) // 10, len(data) // 2, len(data) - 100, len(data) - 1):
        bad.write_bytes(data[:length])
        assert_refused(bad)


def test_anything_else_is_refused(good, bad):
    for content in (b"Dear diary", b"PK\x03\x04" + b"x" * 100, b"SQLite format 3\x00" + b"\x00" * 4096):
        bad.write_bytes(content)
        assert_refused(bad)
    with zipfile.ZipFile(bad, "w") as other:
        other.writestr("word/document.xml", "<w/>")
    assert_refused(bad)
    with pytest.raises(CommandError, match="cannot be read"):
        restore(bad.with_name("missing.zip"))


def write_changed(good, bad, change):
    """Write the archive anew with `change(name, content)`; it returns the content, or None to leave the member out."""
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = change(name, source.read(name))
            if content is not None:
                target.writestr(name, content)


CHANGES = {
    "a row is changed": lambda name, content: content.replace(b"Ada", b"Eve") if "review.jsonl" in name else content,
    "a table is missing": lambda name, content: None if "reviews.tally" in name else content,
    "a picture is missing": lambda name, content: None if name.endswith(".webp") else content,
    "the manifest is missing": lambda name, content: None if name == "manifest.json" else content,
    "the manifest is no object": lambda name, content: b"[]" if name == "manifest.json" else content,
    "the manifest is nested": lambda name, content: b"[" * 100_000 if name == "manifest.json" else content,
    "another program made it": lambda name, content: content.replace(archives.FORMAT.encode(), b"other"),
    "its format is of another version": lambda name, content: content.replace(b'"version": 1', b'"version": 2'),
    "a later release made it": lambda name, content: content.replace(b'"0001_initial"', b'"0099_later"'),
    "a column is missing": lambda name, content: content.replace(b'   "rating",\n', b""),
}


def test_an_archive_that_was_tampered_with_is_refused(good, bad):
    for change in CHANGES.values():
        write_changed(good, bad, change)
        assert bad.read_bytes() != good.read_bytes()
        assert_refused(bad)


def write_with_member(good, bad, name, content):
    """Write the archive anew with a member that its manifest vouches for."""
    with zipfile.ZipFile(good) as source:
        manifest = json.loads(source.read("manifest.json"))
    manifest["members"][name] = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    write_changed(good, bad, lambda known, old: None if known in ("manifest.json", name) else old)
    with zipfile.ZipFile(bad, "a") as target:
        target.writestr(name, content)
        target.writestr("manifest.json", json.dumps(manifest))


def test_a_member_with_no_place_in_it_is_refused(good, bad):
    for name in (
        "../../etc/passwd",
        "files/pictures/x.html",
        "rows/../x.jsonl",
        "/files/a.png",
        "rows/other.app.jsonl",
    ):
        write_with_member(good, bad, name, b"")
        assert_refused(bad)


def test_rows_that_make_no_sense_leave_everything_as_it_was(good, bad):
    for row in (b"[]\n", b"not json\n", b'[1, "x", 2, 3, 4, 5, 6]\n', b"[99, 0, 0, 0, 0, 0, 0]\n"):
        write_with_member(good, bad, "rows/reviews.tally.jsonl", row)
        assert_refused(bad)


def test_no_flipped_bit_changes_what_an_archive_says(tmp_path):
    make_site()
    good = back_up(tmp_path / "good.zip")
    data = (tmp_path / "good.zip").read_bytes()
    bad = tmp_path / "bad.zip"

    @given(place=st.integers(0, len(data) - 1), bit=st.integers(0, 7))
    @example_settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
    def flip(place, bit):
        spoiled = bytearray(data)
        spoiled[place] ^= 1 << bit
        bad.write_bytes(spoiled)
        try:
            archive = Reader(bad)
        except Unusable:
            return
        # A bit that says nothing, such as one of a time stamp.
        assert archive.manifest == good.manifest

    flip()


# From one database to another.


def manage(data_dir, *arguments):
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=BASE_DIR, env={**environment(data_dir), "SECRET_KEY": "k" * 60},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


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
