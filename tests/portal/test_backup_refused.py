"""What is no whole archive is refused, and changes nothing."""

import hashlib
import json
import zipfile

import pytest
from django.core.management import CommandError
from hypothesis import HealthCheck, given
from hypothesis import settings as example_settings
from hypothesis import strategies as st

from portal.backup import archive as archives
from portal.backup.archive import Reader, Unusable
from tests.factories import make_user
from tests.portal.backing_up import back_up, facts, make_site, restore

pytestmark = pytest.mark.django_db(transaction=True)


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
