import random
import time
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from portal import front_door
from portal.pressing import WORTH_IT
from tests.factories import make_published, make_user
from tests.factories_reviews import make_review
from tests.portal.reviewing import Reviewing

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_kept_page_is_answered_without_django_and_is_the_same(worker):
    make_published(slug="ketamine")
    first = worker.ask()
    assert worker.ask() == first
    assert first[0] == "200 OK"
    assert "Content-Security-Policy" in first[1]
    assert worker.asked_django == 1


@pytest.mark.parametrize(
    "cookie", ["session=abc", "session=" + "x" * 32, 'session="\\000\\000abcdefgh"', "messages=x; csrf=y"]
)
def test_nobodys_cookies_are_in_a_kept_page(worker, cookie):
    """A page that takes away the dead session of who asked first would log everybody out."""
    make_published(slug="ketamine")
    answers = [worker.ask(HTTP_COOKIE=cookie), worker.ask()]
    assert worker.asked_django == 1
    for status, headers, _body in answers:
        assert status == "200 OK"
        assert "Set-Cookie" not in headers
        assert headers["Vary"] == "Accept-Encoding"


def test_a_commit_leads_back_to_django_if_the_page_shows_something_else_now_and_only_then(worker):
    monograph = make_published(slug="ketamine")
    worker.ask()
    make_user()
    review = make_review(monograph=monograph, title="Slept again")
    worker.ask()
    assert worker.asked_django == 1

    review.approve(by=make_user())

    assert "Slept again" in worker.ask()[2]
    assert worker.asked_django == 2


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, zstd", "zstd"),
        ("gzip", "gzip"),
        ("br;q=0.5, gzip", "gzip"),
        ("br;q=0, *", "zstd"),
        ("*;q=0", ""),
        ("identity", ""),
        ("br;q=nonsense", ""),
        ("", ""),
    ],
)
def test_a_page_comes_in_the_best_encoding_that_is_accepted_and_is_the_same_in_each(worker, accepted, encoding):
    make_published(slug="ketamine")
    plain = worker.ask()[2]

    for _again in range(2):
        _status, headers, page = worker.ask(HTTP_ACCEPT_ENCODING=accepted)
        assert page == plain
        assert headers.get("Content-Encoding", "") == encoding
        assert headers["Vary"] == "Accept-Encoding"
        assert headers["ETag"].endswith(f'-{encoding}"') == bool(encoding)
    assert worker.asked_django == 1


def test_other_public_pages_are_compressed_and_private_ones_are_not(worker):
    monograph = make_published(slug="ketamine")
    public, private = "/reviews/policy/", make_review(monograph=monograph).get_author_url()

    assert worker.ask(public, HTTP_ACCEPT_ENCODING="br")[1]["Content-Encoding"] == "br"
    assert "Content-Encoding" not in worker.ask(private, HTTP_ACCEPT_ENCODING="br")[1]


@pytest.mark.parametrize(
    "path",
    [
        "/monographs/ketamine.json",
        "/monographs/ketamine.fhir.json",
        "/monographs/ketamine.md",
        "/monographs/ketamine/editions.atom",
        "/sitemap.xml",
        "/api/v1/monographs/ketamine",
    ],
)
def test_what_machines_read_is_compressed_and_keeps_its_tag(worker, path):
    make_published(slug="ketamine")
    plain = worker.ask(path)
    status, headers, body = worker.ask(path, HTTP_ACCEPT_ENCODING="br")

    assert headers["Content-Encoding"] == "br"
    assert (status, body) == ("200 OK", plain[2])
    assert headers["ETag"] == f"W/{plain[1]['ETag']}"
    for known in (headers["ETag"], plain[1]["ETag"]):
        again = worker.ask(path, HTTP_ACCEPT_ENCODING="br", HTTP_IF_NONE_MATCH=known)
        assert (again[0], again[2]) == ("304 Not Modified", "")


def test_a_page_is_kept_although_the_first_who_asks_has_it_already(worker, start_worker):
    make_published(slug="ketamine")
    etag = start_worker().ask()[1]["ETag"]
    assert worker.ask(HTTP_IF_NONE_MATCH=etag)[0] == "304 Not Modified"
    asked = worker.asked_django
    assert worker.ask()[0] == "200 OK"
    assert worker.asked_django == asked


def test_a_kept_page_is_answered_with_304_to_who_has_it(worker, start_worker):
    make_published(slug="ketamine")
    etag = worker.ask(HTTP_ACCEPT_ENCODING="br")[1]["ETag"]
    status, headers, body = worker.ask(HTTP_IF_NONE_MATCH=etag, HTTP_ACCEPT_ENCODING="br")
    assert (status, headers["ETag"], body) == ("304 Not Modified", etag, "")
    assert worker.asked_django == 1
    # So does a worker that has not made the page yet.
    assert start_worker().ask(HTTP_IF_NONE_MATCH=etag)[0] == "304 Not Modified"


@pytest.mark.parametrize(
    "extra",
    [
        {"REQUEST_METHOD": "HEAD"},
        {"REQUEST_METHOD": "POST"},
        {"QUERY_STRING": "x=1"},
        {"HTTP_HOST": "evil.example"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
        {"wsgi.url_scheme": "https"},
    ],
)
def test_other_requests_for_the_same_address_are_not_answered_with_the_kept_page(worker, extra):
    make_published(slug="ketamine")
    worker.ask()
    worker.ask(**extra)
    assert worker.asked_django == 2


@pytest.mark.parametrize("path", ["/monographs/nothing/", "/monographs/ketamine/reviews/new/", "/admin/", "/readyz"])
def test_pages_that_did_not_ask_for_it_are_not_kept(worker, path):
    make_published(slug="ketamine")
    worker.ask(path)
    worker.ask(path)
    assert worker.asked_django == 2


def test_a_page_in_demand_becomes_smaller_stays_the_same_and_has_a_tag_of_its_own(worker):
    make_published(slug="ketamine", body="One word after the other, and each of them again. " * 50)

    def ask():
        _status, headers, page = worker.ask(HTTP_ACCEPT_ENCODING="br")
        return headers["ETag"], int(headers["Content-Length"]), page

    first = ask()
    for _other in range(WORTH_IT - 2):
        assert ask() == first
    deadline = time.monotonic() + 60
    while (small := ask())[0] == first[0]:
        assert time.monotonic() < deadline, "The page stays as it was."

    assert small[1] < first[1]
    assert small[2] == first[2]
    assert worker.ask(HTTP_IF_NONE_MATCH=small[0])[0] == "304 Not Modified"


def test_what_is_noted_is_bounded(worker, monkeypatch):
    monkeypatch.setattr(front_door, "MOST_NOTED", 3)
    make_published(slug="ketamine")
    for number in range(10):
        worker.ask(HTTP_X_FORWARDED_PROTO="http", REMOTE_ADDR=f"10.0.0.{number}")
        assert len(worker.commits.known()) <= 3


def test_no_stranger_can_have_a_page_kept_under_ever_longer_names(worker):
    make_published(slug="ketamine")
    page = worker.ask()
    assert worker.ask(HTTP_HOST="testserver:" + "0" * 100_000)[0] == page[0]
    assert worker.ask(HTTP_X_FORWARDED_PROTO="x" * 100_000) == page
    assert worker.ask("/search/", QUERY_STRING="q=" + "x" * 100_000)[0] == page[0]
    assert worker.asked_django == 3
    assert len(repr([*worker.commits.known(), *worker.application._pages._pages])) < 1_000


@pytest.mark.parametrize("seed", range(6))
def test_no_order_of_events_on_two_workers_ever_shows_an_old_page(seed, start_worker, monkeypatch):
    """Publications, schedules, decisions, withdrawals and the clock, with a request to either worker after each."""
    chance = random.Random(seed)
    clock = SimpleNamespace(now=timezone.now())
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    monkeypatch.setattr(front_door, "time", SimpleNamespace(time=lambda: clock.now.timestamp()))
    workers = [start_worker(), start_worker()]
    monograph = make_published(slug="ketamine", body="Text-0.")
    editions, reviews = [(clock.now, "Text-0.")], Reviewing(chance, monograph, "Review-")

    def change_text(wait):
        text = f"Text-{len(editions)}."
        monograph.sections.update(body=text)
        monograph.publish(by=None, note="Next.", public_from=clock.now + wait)
        editions.append((clock.now + wait, text))

    def let_time_pass():
        clock.now += timedelta(minutes=chance.choice([1, 20, 60]))

    events = [
        lambda: change_text(timedelta(0)),
        lambda: change_text(timedelta(minutes=30)),
        *(reviews.write, reviews.decide, reviews.decide, reviews.withdraw, let_time_pass, lambda: None),
    ]
    for _ in range(40):
        chance.choice(events)()
        _status, _headers, page = chance.choice(workers).ask()
        in_force = [text for since, text in editions if since <= clock.now][-1]
        assert in_force in page
        assert page.count("Text-") == page.count(in_force)
        newest = sorted(reviews.public, key=lambda review: (review.submitted_at, review.pk))[-10:]
        assert all(review.title in page for review in newest)
        assert page.count("Review-") == sum(page.count(review.title) for review in newest)
        assert f"({len(reviews.public)})" in page
    assert sum(worker.asked_django for worker in workers) < 40
