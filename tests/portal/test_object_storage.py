"""Pictures in a bucket of an S3-compatible server: served, backed up and missed like those on a disk."""

import errno
import io
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from monographs.models import Picture
from monographs.pictures import store
from portal import object_storage, service_urls
from tests.factories import make_published, make_user
from tests.portal.backing_up import facts, restore
from tests.portal.test_media import make_png
from tests.portal.test_settings import PRODUCTION, manage
from tests.stack.services import ObjectServer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def server():
    server = ObjectServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def bucket(server, settings):
    """Keep the site's pictures in a bucket that is empty at first."""
    settings.STORAGES = {**settings.STORAGES, "default": service_urls.media_storage(server.address)}
    client = default_storage._client
    client.create_bucket(Bucket="pictures-of-ours")
    yield client
    for name in default_storage.listdir("pictures")[1]:
        default_storage.delete(f"pictures/{name}")


@pytest.fixture
def picture():
    return store(ContentFile(make_png()), by=None)


def test_a_picture_is_kept_in_the_bucket_alone_and_served_by_the_site_with_its_headers(client, picture, settings):
    names = picture.file_names()
    assert sorted(f"pictures/{name}" for name in default_storage.listdir("pictures")[1]) == sorted(names)
    assert not Path(settings.MEDIA_ROOT).exists()
    for name in names:
        response = client.get(f"/media/{name}")
        body = b"".join(response.streaming_content)
        assert (response.status_code, int(response["Content-Length"])) == (200, len(body))
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert body == default_storage.open(name).read()
    assert picture.file.url == f"/media/{picture.file.name}"
    assert client.get("/media/pictures/0123456789abcdef.png").status_code == 404


def test_a_site_with_a_bucket_is_backed_up_restored_and_verified(tmp_path, picture):
    make_published(slug="ketamine")
    digest = facts(tmp_path, "a.zip")
    default_storage.delete(picture.file.name)
    with pytest.raises(CommandError, match="1 differences"):
        call_command("verify", stdout=io.StringIO())
    default_storage.save("pictures/ffffffffffffffff.png", ContentFile(b"of another site"))
    restore(tmp_path / "a.zip", force=True)
    assert facts(tmp_path) == digest
    assert not default_storage.exists("pictures/ffffffffffffffff.png")
    call_command("verify", stdout=io.StringIO())


def test_a_picture_that_nothing_shows_leaves_the_bucket(picture):
    picture.remove()
    assert default_storage.listdir("pictures") == ([], [])


@pytest.mark.parametrize("pause", [0, 3600])
def test_without_the_server_everybody_is_told_calmly_and_nothing_has_to_be_done_by_hand(
    client, server, picture, monkeypatch, pause
):
    monkeypatch.setattr(object_storage, "PAUSE", pause)
    client.force_login(make_user("monographs.change_monograph"))
    client.raise_request_exception = False
    server.stop()
    try:
        assert client.get(picture.file.url).status_code == 503
        assert client.get("/readyz").status_code == 503
        answer = client.post("/admin/editor/pictures/", {"image": ContentFile(make_png() + b"\0", "a.png")})
        assert "cannot be stored" in answer.json()["message"]
        assert Picture.objects.count() == 1
    finally:
        server.start()
    if pause:
        assert client.get(picture.file.url).status_code == 503
        default_storage._away_until = 0  # as it is when the pause is over
    assert client.get(picture.file.url).status_code == 200
    assert client.get("/readyz").status_code == 200


def test_commands_say_what_is_wrong_with_the_bucket_and_change_nothing(tmp_path, server, picture, monkeypatch):
    monkeypatch.setattr(object_storage, "PAUSE", 0)
    facts(tmp_path, "a.zip")
    told = io.StringIO()
    server.stop()
    try:
        with pytest.raises(CommandError, match=r"b\.zip cannot be written \(The object storage does not answer"):
            facts(tmp_path, "b.zip")
        with pytest.raises(CommandError, match=r"Nothing was changed\. The pictures cannot be stored"):
            restore(tmp_path / "a.zip", force=True)
        with pytest.raises(CommandError, match="1 differences"):
            call_command("verify", stdout=told)
    finally:
        server.start()
    assert "cannot be seen (The object storage does not answer" in told.getvalue()
    assert Picture.objects.get() == picture
    call_command("verify", stdout=io.StringIO())


def test_a_bucket_that_is_not_there_is_a_fault_and_no_missing_picture(settings, bucket):
    default_storage._bucket = "nobody-has-this"
    with pytest.raises(OSError, match="NoSuchBucket") as caught:
        default_storage.open("pictures/0123456789abcdef.png")
    assert caught.value.errno == errno.EIO
    default_storage._bucket = "pictures-of-ours"


def test_what_is_not_set_is_not_loaded(tmp_path):
    lines = (
        "import sys; from django.core.cache import cache; from django.core.files.storage import default_storage\n"
        "cache.get('a'), default_storage.exists('a')\n"
        "print({'botocore', 'redis'} & set(sys.modules))"
    )
    assert manage(tmp_path, "shell", "-v0", "-c", lines, **PRODUCTION).stdout == "set()\n"
