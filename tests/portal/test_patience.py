"""What is read before Django is asked, and what is refused: too large, too slow, too much at once, or half."""

import io
from queue import SimpleQueue
from threading import Barrier, Lock, Thread

import pytest
from django.db import connection, connections

from portal import patience
from portal.login.before_reading import is_from_staff
from portal.models import Phone
from portal.patience import LARGEST, REFUSED, Patience
from portal.places import Places
from tests.factories import make_user

REFUSALS = {
    400: "arrived only in part",
    403: "not logged in any more",
    408: "took too long",
    413: "more than can be sent at once",
    503: "try again in a minute",
}

ANNOUNCED = [{}, {"CONTENT_LENGTH": None, "HTTP_TRANSFER_ENCODING": "chunked"}]
"""How the length of a body is told, or not."""


class Stream(io.BytesIO):
    """A body that says how much of it was read."""

    @property
    def was_read(self):
        return self.tell()


def send(body, *, path="/monographs/ketamine/reviews/new/", **environ):
    """Return (the refusal or None, the body as the application got it) of a request."""
    got = []

    def application(environ, start_response):
        got.append((environ.get(REFUSED), environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))))
        return []

    patient = Patience(application, is_from_staff=lambda environ: environ.get("HTTP_COOKIE") == "session=staff")
    source = body if isinstance(body, io.IOBase) else Stream(body)
    asked = {"PATH_INFO": path, "wsgi.input": source, "CONTENT_LENGTH": str(len(source.getvalue())), **environ}
    patient({name: value for name, value in asked.items() if value is not None}, None)
    return got[0]


@pytest.mark.parametrize("size", [1, 5000, patience.IN_MEMORY + 1, LARGEST])
def test_the_application_gets_the_whole_body_with_its_length(size):
    body = (b"0123456789" * (size // 10 + 1))[:size]
    assert send(body) == (None, body)
    # Chunks announce no length, and Django would take them for nothing.
    assert send(body, CONTENT_LENGTH=None, HTTP_TRANSFER_ENCODING="chunked") == (None, body)


@pytest.mark.parametrize("announced", ANNOUNCED)
def test_what_is_too_large_is_read_to_its_end_and_refused_and_not_kept(announced):
    body = Stream(b"x" * (LARGEST + 1))
    assert send(body, **announced) == (413, b"")
    assert body.was_read == LARGEST + 1


def test_nobody_has_to_be_listened_to_for_ever(monkeypatch):
    monkeypatch.setattr(patience, "MOST_READ", LARGEST * 2)
    body = Stream(b"x" * (LARGEST * 6))
    assert send(body) == (413, b"")
    assert body.was_read < LARGEST * 3


def test_who_asks_first_need_not_send_what_is_too_large():
    body = Stream(b"x" * (LARGEST + 1))
    assert send(body, HTTP_EXPECT="100-continue") == (413, b"")
    assert body.was_read == 0


UPLOAD = "/admin/editor/pictures/"


@pytest.mark.parametrize("announced", ANNOUNCED)
def test_staff_alone_may_send_pictures_and_only_to_their_own_pages(monkeypatch, announced):
    monkeypatch.setattr(patience, "LARGEST", 10)
    assert send(b"x" * 11, path=UPLOAD, HTTP_COOKIE="session=staff", **announced) == (None, b"x" * 11)
    assert send(b"x" * 11, HTTP_COOKIE="session=staff", **announced)[0] == 413
    # Whoever is not logged in, or not any more, is told so, and may log in as before.
    assert send(b"x" * 11, path=UPLOAD, **announced) == (403, b"")
    assert send(b"x" * 10, path=UPLOAD, **announced) == (None, b"x" * 10)
    monkeypatch.setattr(patience, "LARGEST_OF_STAFF", 20)
    assert send(b"x" * 21, path=UPLOAD, HTTP_COOKIE="session=staff", **announced)[0] == 413


def test_what_is_not_taken_is_not_listened_to_for_long(monkeypatch):
    body = Stream(b"x" * (LARGEST * 6))
    monkeypatch.setattr(patience.time, "monotonic", lambda: body.was_read / (LARGEST / 50))
    assert send(body) == (413, b"")
    assert body.was_read < LARGEST * 3


def cookie(client):
    return {"HTTP_COOKIE": f"other=1; session={client.cookies['session'].value}"}


@pytest.mark.django_db
def test_staff_are_known_by_their_session_alone(client, settings):
    assert not is_from_staff({})
    for made_up in ("session=", "session=short", "session=" + "x" * 32, 'session="\\000\\000\\000abcdefgh"'):
        assert not is_from_staff({"HTTP_COOKIE": made_up})
    user = make_user()
    client.force_login(user)
    assert is_from_staff(cookie(client))
    # After a change of the secret key too, and the session stays what it is.
    old = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 50, [old]
    session = dict(client.session)
    assert is_from_staff(cookie(client))
    assert dict(client.session) == session
    settings.SECRET_KEY_FALLBACKS = []
    assert not is_from_staff(cookie(client))
    settings.SECRET_KEY = old
    for field, value in [("is_staff", False), ("is_active", False), ("password", "another")]:
        known = getattr(user, field)
        type(user).objects.filter(pk=user.pk).update(**{field: value})
        assert not is_from_staff(cookie(client)), field
        type(user).objects.filter(pk=user.pk).update(**{field: known})
    assert is_from_staff(cookie(client))
    client.session.flush()
    assert not is_from_staff(cookie(client))


@pytest.mark.django_db
def test_who_still_owes_the_second_step_is_not_staff_yet(client):
    user = make_user()
    client.force_login(user)
    Phone.objects.give(user)
    assert is_from_staff(cookie(client))
    Phone.objects.update(confirmed=True)
    assert not is_from_staff(cookie(client))


def test_half_a_body_is_not_taken_for_a_whole_one():
    assert send(b"title=Half", CONTENT_LENGTH="11") == (400, b"")


@pytest.mark.parametrize(("rate", "refusal"), [(1000, 408), (100_000, None)])
def test_a_body_that_comes_too_slowly_is_refused_and_a_large_one_gets_its_time(monkeypatch, rate, refusal):
    body = Stream(b"x" * 900_000)
    monkeypatch.setattr(patience.time, "monotonic", lambda: body.was_read / rate)
    assert send(body)[0] == refusal


def test_more_bodies_than_threads_can_wait_for_are_refused_at_once(monkeypatch):
    monkeypatch.setattr(patience, "MOST_WAITING", 0)
    body = Stream(b"x")
    assert send(body) == (503, b"")
    assert body.was_read == 0


def test_bodies_together_fill_no_disk(monkeypatch):
    monkeypatch.setattr(patience, "MOST_SPOOLED", 200_000)
    assert send(b"x" * 200_000)[0] is None
    assert send(b"x" * 210_000) == (503, b"")


def test_a_full_disk_is_not_the_visitors_fault(monkeypatch):
    monkeypatch.setattr(patience, "SpooledTemporaryFile", FullDisk)
    assert send(b"x" * 200_000) == (503, b"")


class FullDisk(io.BytesIO):
    def __init__(self, most):
        super().__init__()

    def write(self, data):
        raise OSError(28, "No space left on device")

    def close(self):
        super().close()
        raise OSError(28, "No space left on device")


def test_nothing_is_waited_for_when_all_have_been_answered():
    door = Patience(lambda environ, start_response: [], is_from_staff=lambda environ: False)
    for body, announced in [(b"x" * 500_000, 500_000), (b"x", 2), (b"x" * (LARGEST + 1), LARGEST + 1)]:
        door({"PATH_INFO": "/", "wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(announced)}, None)
        assert door._sizes == {}


@pytest.mark.django_db
@pytest.mark.parametrize(("status", "words"), REFUSALS.items())
def test_each_refusal_is_a_calm_page_and_json_for_programs(client, status, words):
    response = client.post("/reviews/mine/", **{REFUSED: status})
    assert (response.status_code, response["Cache-Control"]) == (status, "no-store")
    assert words in response.content.decode()
    assert "Content-Security-Policy" in response
    assert not response.cookies
    response = client.post("/reviews/mine/", headers={"accept": "application/json"}, **{REFUSED: status})
    assert (response.status_code, response["Content-Type"]) == (status, "application/json")
    assert response.json()["message"]


@pytest.mark.django_db
def test_what_django_does_not_take_is_called_too_large_too(client, settings):
    client.force_login(make_user(is_superuser=True))
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = client.post("/admin/monographs/topic/add/", {"name": "x" * 2000})
    assert response.status_code == 413
    assert REFUSALS[413] in response.content.decode()
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2
    response = client.post("/admin/monographs/topic/add/", {"a": 1, "b": 2, "c": 3})
    assert response.status_code == 413


@pytest.mark.django_db(transaction=True)
def test_many_threads_share_a_few_places_and_their_connections():
    inside, most, used, lock = [0], [0], set(), Lock()

    def application(environ, start_response):
        with lock:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        with lock:
            used.add(id(connection.connection))
            inside[0] -= 1
        return [b"done"]

    places, answers, begin = Places(application, number=2), SimpleQueue(), Barrier(20)

    def ask():
        begin.wait()
        answers.put(places({}, None))

    threads = [Thread(target=ask) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answers.get_nowait() for _ in threads] == [[b"done"]] * 20
    assert most[0] <= 2
    assert len(used) <= 2
    for _ in range(2):
        places._free.get()["default"].close()


@pytest.mark.django_db(transaction=True)
def test_a_place_is_free_again_after_an_error():
    def application(environ, start_response):
        raise ValueError("broken")

    places, usual = Places(application, number=1), connections["default"]
    for _ in range(2):
        with pytest.raises(ValueError, match="broken"):
            places({}, None)
    assert connections["default"] is usual
