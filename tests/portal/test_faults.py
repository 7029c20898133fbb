"""When database, storage or mail fail: calm answers, and nothing typed is lost."""

import errno
import html
import io
import os
import re
import sqlite3
from contextlib import contextmanager
from functools import partial
from tempfile import NamedTemporaryFile
from unittest import mock

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.backends.signals import connection_created
from django.test import override_settings

from monographs.models import Picture
from monographs.pictures import store
from portal.faults import is_temporary
from reviews.models import Letter, Review
from tests.factories import make_published, make_user
from tests.factories_reviews import ANSWERS, make_note, send_review
from tests.forms import FormReader
from tests.killing import FORM
from tests.portal.resending import BODY, resend
from tests.portal.test_media import make_png

pytestmark = pytest.mark.django_db(transaction=True)

LIBRARY = "/admin/monographs/picture/add/"
PARTS = ("sections", "facts", "identifiers", "references")
EMPTY_MONOGRAPH = {f"{part}-{kind}_FORMS": "0" for part in PARTS for kind in ("TOTAL", "INITIAL")}


@pytest.fixture
def careful(client):
    client.raise_request_exception = False
    return client


@contextmanager
def on_every_connection(*statements):
    """Run statements on each new connection to the database, and begin with a new one."""

    def run(connection, **kwargs):
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    connection.close()
    connection_created.connect(run)
    try:
        yield
    finally:
        connection_created.disconnect(run)
        connection.close()


@contextmanager
def locked():
    options = connection.settings_dict["OPTIONS"]
    patience, options["timeout"] = options["timeout"], 0.05
    connection.close()
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.close()
    options["timeout"] = patience
    connection.close()


@contextmanager
def full():
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
    with on_every_connection(f"PRAGMA max_page_count = {pages}"):
        yield


def read_only():
    statement = "PRAGMA query_only = 1" if connection.vendor == "sqlite" else "SET default_transaction_read_only = on"
    return on_every_connection(statement)


@contextmanager
def gone():
    name = "NAME" if connection.vendor == "sqlite" else "PORT"
    usual = connection.settings_dict[name]
    connection.settings_dict[name] = "/no/such/folder/db.sqlite3" if connection.vendor == "sqlite" else "1"
    connection.close()
    yield
    connection.settings_dict[name] = usual
    connection.close()


FAULTS = [
    pytest.param(locked, marks=pytest.mark.sqlite),
    pytest.param(full, marks=pytest.mark.sqlite),
    read_only,
    gone,
]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_review_that_cannot_be_stored_comes_back_and_is_sent_again_with_one_button(careful, fault):
    monograph = make_published(slug="ketamine")
    note = make_note(monograph)
    with fault():
        response = send_review(careful, monograph, opened=note, body=BODY)
    page = response.content.decode()
    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert response["Cache-Control"] == "no-store"
    assert "nothing of it is lost" in page
    assert response["X-Request-ID"] in page
    assert resend(page) == {**ANSWERS, "body": BODY, "opened": note}
    assert not Review.objects.exists()
    assert careful.post(FORM, resend(page)).status_code == 303
    assert Review.objects.get().body == BODY.strip()


@pytest.mark.parametrize("fault", FAULTS)
def test_an_edition_that_cannot_be_stored_is_published_with_one_button_and_nothing_of_it_is_public_before(
    careful, fault
):
    monograph = make_published(slug="ketamine")
    careful.force_login(make_user(is_superuser=True))
    monograph.sections.update(body=f"All new. {BODY}" * 3)
    address = f"/admin/monographs/monograph/{monograph.pk}/publish/"
    form = FormReader(careful.get(address).content.decode()).data | {"note": "All of it, after the trial of May."}
    with fault():
        response = careful.post(address, form)
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert monograph.editions.count() == 1
    assert b"All new" not in careful.get("/monographs/ketamine/").content
    assert careful.post(address, resend(response.content.decode())).status_code == 302
    assert b"All new" in careful.get("/monographs/ketamine/").content
    assert monograph.editions.order_by("-number").first().note == form["note"]
    call_command("verify", stdout=io.StringIO())


@pytest.mark.parametrize("fault", [pytest.param(locked, marks=pytest.mark.sqlite), read_only])
def test_readers_go_on_reading_when_only_writing_fails(careful, fault):
    make_published(slug="ketamine")
    with fault():
        assert careful.get("/").status_code == 200
        assert careful.get("/monographs/ketamine/").status_code == 200
        assert careful.get(FORM).status_code == 200


@pytest.mark.sqlite
def test_a_connection_from_the_time_when_nothing_could_be_written_is_not_used_for_ever(careful):
    monograph = make_published(slug="ketamine")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = 1")  # as SQLite opens a file that it cannot write to
    assert send_review(careful, monograph).status_code == 503
    assert careful.get(FORM).status_code == 200
    assert send_review(careful, monograph).status_code == 303


def test_without_a_database_every_page_says_so_calmly_and_recovers_by_itself(careful):
    make_published(slug="ketamine")
    addresses = ["/", "/monographs/ketamine/", "/search/?q=ket", FORM, "/admin/login/"]
    with gone():
        for address in addresses[:-1]:
            response = careful.get(address)
            assert response.status_code == 503, address
            assert response["Retry-After"]
            assert "Traceback" not in response.content.decode()
        assert careful.get("/healthz").status_code == 200
        assert careful.get("/readyz").status_code == 503
    assert [careful.get(address).status_code for address in addresses] == [200] * len(addresses)


def test_without_a_database_the_figures_tell_it_and_go_on_counting(careful, settings):
    settings.METRICS_TOKEN = "token-of-this-test-only"
    given = {"headers": {"authorization": f"Bearer {settings.METRICS_TOKEN}"}}
    assert b"\nportal_database_answers 1.0" in careful.get("/metrics", **given).content
    with gone():
        response = careful.get("/metrics", **given)
    assert response.status_code == 200
    assert b"\nportal_database_answers 0.0" in response.content
    assert b"portal_request_seconds" in response.content


def test_a_password_does_not_come_back_in_a_page(careful):
    user = make_user()
    with read_only():
        response = careful.post("/admin/login/", {"username": user.username, "password": "pass", "next": "/admin/"})
    assert response.status_code == 503
    assert "pass" not in re.sub(r"<[^>]*>", "", response.content.decode())
    assert resend(response.content.decode()) == {}


def test_programs_get_the_answer_as_json(careful):
    make_published(slug="ketamine")
    with gone():
        response = careful.get("/", headers={"accept": "application/json"})
        problem = careful.get("/api/v1/monographs")
    assert (response.status_code, response["Content-Type"]) == (503, "application/json")
    assert "Try again" in response.json()["message"]
    assert (problem.status_code, problem["Content-Type"]) == (503, "application/problem+json")
    assert problem["Retry-After"] == response["Retry-After"] == "30"


def test_a_fault_of_ours_is_not_called_temporary():
    with pytest.raises(Exception, match="no_such") as caught, connection.cursor() as cursor:
        cursor.execute("SELECT * FROM no_such_table")
    assert not is_temporary(caught.value)
    assert not is_temporary(ValueError())
    assert not is_temporary(OperationalError("too many SQL variables"))


# The storage.


@contextmanager
def no_folder():
    # No folder can be made in a file.
    with NamedTemporaryFile() as file, override_settings(MEDIA_ROOT=file.name):
        yield


@contextmanager
def failing(number):
    """Let the storage fail as a disk does when the second file is written."""
    save, written = default_storage.save, []

    def fail(name, content):
        written.append(name)
        if len(written) > 1:
            raise OSError(number, os.strerror(number))
        return save(name, content)

    with mock.patch.object(default_storage, "save", fail):
        yield


@pytest.fixture(params=[no_folder, *(partial(failing, number) for number in (errno.ENOSPC, errno.EROFS, errno.EACCES))])
def bad_storage(request):
    return request.param


def test_a_picture_that_cannot_be_stored_is_refused_with_a_reason_and_can_be_sent_again(client, settings, bad_storage):
    client.force_login(make_user("monographs.change_monograph"))
    with bad_storage():
        response = client.post("/admin/editor/pictures/", {"image": ContentFile(make_png(), "a.png")})
    assert "cannot be stored" in response.json()["message"]
    assert not Picture.objects.exists()
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    response = client.post("/admin/editor/pictures/", {"image": ContentFile(make_png(), "a.png")})
    assert "image_code" in response.json()


def test_the_library_says_of_each_file_that_it_cannot_be_stored(client, bad_storage):
    client.force_login(make_user("monographs.change_monograph"))
    with bad_storage():
        response = client.post(LIBRARY, {"pictures": [ContentFile(make_png(), "a.png")]}, follow=True)
    assert response.status_code == 200
    assert "“a.png”: The picture cannot be stored" in html.unescape(response.content.decode())
    client.post(LIBRARY, {"pictures": [ContentFile(make_png(), "a.png")]})
    assert Picture.objects.count() == 1


def test_a_monograph_keeps_what_was_typed_when_its_picture_cannot_be_stored(client, bad_storage):
    client.force_login(make_user(is_superuser=True))
    form = {**EMPTY_MONOGRAPH, "title": "Typed with care", "lead_picture_upload": ContentFile(make_png(), "a.png")}
    with bad_storage():
        response = client.post("/admin/monographs/monograph/add/", form)
    page = html.unescape(response.content.decode())
    assert response.status_code == 200
    assert "The picture cannot be stored at the moment" in page
    assert "Typed with care" in page


def test_an_upload_for_which_the_disk_has_no_room_is_answered_calmly(careful):
    careful.force_login(make_user("monographs.change_monograph"))
    with mock.patch("django.core.files.uploadhandler.TemporaryUploadedFile", side_effect=OSError(errno.ENOSPC, "full")):
        response = careful.post(LIBRARY, {"pictures": [ContentFile(b"x" * 3_000_000, "a.png")]})
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert "Part of this site is not available" in response.content.decode()


def test_a_picture_whose_storage_is_gone_is_not_called_missing(client, settings, tmp_path):
    picture = store(ContentFile(make_png()), by=None)
    address = picture.file.url
    settings.MEDIA_ROOT = tmp_path / "elsewhere"
    response = client.get(address)
    assert (response.status_code, response["Cache-Control"]) == (503, "no-store")
    assert client.get("/media/pictures/0123456789abcdef.png").status_code == 404
    assert b"storage" in client.get("/readyz").content


# The mail server.


def test_without_a_mail_server_a_review_is_stored_and_its_letter_waits(settings, client):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1
    assert send_review(client, make_published(), email="ada@example.org").status_code == 303
    letter = Letter.objects.get()
    assert (letter.sent_at, letter.fault) == (None, "ConnectionRefusedError")
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    from reviews.mail import deliver_due

    assert deliver_due() == (1, 0)
