"""Public pages are kept until the next commit of anybody, and are what Django would make of them now."""

import random
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from monographs.models import Topic
from portal import front_door
from tests.factories import make_monograph, make_published
from tests.portal.reviewing import Reviewing

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESSES = [
    ("/", ""),
    ("/monographs/", ""),
    ("/monographs/", "show=changed"),
    ("/topics/", ""),
    ("/topics/pain/", ""),
    ("/monographs/ketamine/editions/", ""),
    ("/monographs/ketamine/editions/1/", ""),
    ("/monographs/ketamine/editions/1/cite/", ""),
    ("/monographs/ketamine/reviews/", ""),
    ("/monographs/ketamine/reviews/", "order=helpful"),
    ("/search/", "q=ketamine"),
    ("/search/", "q=slept&in=reviews"),
    ("/reviews/policy/", ""),
    ("/reviews/fairness/", ""),
    ("/reviews/fairness.csv", ""),
]


def make_ketamine(body="Text."):
    monograph = make_monograph(slug="ketamine", title="Ketamine", body=body)
    monograph.topics.add(Topic.objects.create(name="Pain", slug="pain"))
    monograph.publish(by=None, note="First edition.")
    return monograph


class Told:
    """A version that only the test moves: on PostgreSQL, commits in other databases of the server do too."""

    number = 0

    def version(self):
        return self.number

    def close(self):
        pass


@pytest.fixture
def quiet_worker(worker):
    worker.commits.source = Told()
    return worker


@pytest.fixture
def clock(monkeypatch):
    clock = SimpleNamespace(now=datetime(2026, 3, 2, 12, tzinfo=UTC))
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    monkeypatch.setattr(front_door, "time", SimpleNamespace(time=lambda: clock.now.timestamp()))
    return clock


@pytest.mark.parametrize(("path", "query"), ADDRESSES)
def test_a_public_page_is_kept_until_anybody_commits(path, query, quiet_worker):
    worker = quiet_worker
    make_ketamine()
    first = worker.ask(path, QUERY_STRING=query)
    assert first[0] == "200 OK"
    assert first[1]["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert worker.ask(path, QUERY_STRING=query) == first
    assert worker.ask(path, QUERY_STRING=query, HTTP_IF_NONE_MATCH=first[1]["ETag"])[0] == "304 Not Modified"
    assert worker.asked_django == 1

    worker.commits.source.number += 1

    assert worker.ask(path, QUERY_STRING=query) == first
    assert worker.asked_django == 2


def test_pages_that_differ_in_their_query_are_kept_apart(quiet_worker):
    worker = quiet_worker
    make_ketamine()
    found = worker.ask("/search/", QUERY_STRING="q=ketamine")
    missing = worker.ask("/search/", QUERY_STRING="q=zzzzzz")
    assert "Ketamine</a>" in found[2]
    assert "Ketamine</a>" not in missing[2]
    assert worker.ask("/search/", QUERY_STRING="q=ketamine") == found
    assert worker.asked_django == 2


def test_a_page_with_words_that_mean_nothing_to_it_is_not_kept_beside_itself(worker):
    make_published(slug="ketamine")
    for number in range(3):
        worker.ask(QUERY_STRING=f"from={number}")
    assert worker.asked_django == 3
    assert len(worker.commits.known()) == 0


@pytest.mark.parametrize("wait", [timedelta(minutes=30), timedelta(days=1)])
def test_a_page_is_made_again_when_an_edition_comes_into_force_and_when_a_day_begins(wait, quiet_worker, clock):
    worker = quiet_worker
    monograph = make_ketamine()
    if wait < timedelta(days=1):
        monograph.title = "Ketamine hydrochloride"
        monograph.save()
        monograph.publish(by=None, note="Next.", public_from=clock.now + wait)
    worker.ask("/monographs/")
    clock.now += wait - timedelta(seconds=1)
    if wait < timedelta(days=1):
        worker.ask("/monographs/")
        assert worker.asked_django == 1
    clock.now += timedelta(seconds=1)
    assert ("hydrochloride" in worker.ask("/monographs/")[2]) == (wait < timedelta(days=1))
    assert worker.asked_django == 2


@pytest.mark.parametrize("seed", range(4))
def test_no_order_of_events_on_two_workers_shows_another_page_than_django_makes_now(seed, start_worker, clock):
    chance = random.Random(seed)
    workers, django = [start_worker(), start_worker()], start_worker()
    monograph = make_ketamine()
    reviews = Reviewing(chance, monograph, "Slept ")

    def publish(wait):
        monograph.sections.update(body=f"Text-{chance.random()}.")
        monograph.publish(by=None, note="Next.", public_from=clock.now + wait)

    def find_helpful():
        if reviews.public:
            chance.choice(reviews.public).vote(address=f"10.0.0.{chance.randrange(200)}")

    def let_time_pass():
        clock.now += timedelta(minutes=chance.choice([1, 20, 60, 24 * 60]))

    events = [
        lambda: publish(timedelta(0)),
        lambda: publish(timedelta(minutes=30)),
        lambda: make_published(slug=f"medicine-{chance.random()}".replace(".", "-")),
        *(
            reviews.write,
            reviews.write,
            reviews.decide,
            reviews.decide,
            find_helpful,
            reviews.withdraw,
            let_time_pass,
            lambda: None,
            lambda: None,
        ),
    ]
    asked = 0
    for _ in range(25):
        chance.choice(events)()
        for path, query in chance.choices(ADDRESSES, k=4):
            seen = chance.choice(workers).ask(path, QUERY_STRING=query)
            asked += 1
            assert seen[2] == django.ask_django(path, QUERY_STRING=query)[2], (path, query)
    assert sum(worker.asked_django for worker in workers) < asked
