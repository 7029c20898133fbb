"""What is noted about the database holds until the next commit of anybody, on both databases."""

import threading

import pytest
from django.db import DatabaseError, connection, transaction

from monographs.models import Monograph
from portal.commits import GONE, Commits, commits_of
from tests.factories import make_monograph

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def commits():
    commits = commits_of(connection.settings_dict)
    yield commits
    commits.source.close()


def stays_noted(commits, act):
    """Whether a note ever outlasts an act: on PostgreSQL, commits in other databases of the server count too."""
    for _ in range(1_000):
        commits.known()["page"] = "right"
        act()
        if commits.known() == {"page": "right"}:
            return True
    return False


def test_what_is_noted_stays_while_nobody_commits_and_goes_with_a_commit(commits):
    assert stays_noted(commits, lambda: None)
    make_monograph()
    assert commits.known() == {}


def test_what_is_noted_in_a_transaction_of_others_goes_when_that_is_committed(commits):
    with transaction.atomic():
        make_monograph()
        assert stays_noted(commits, lambda: None)
    assert commits.known() == {}


def test_reading_is_no_commit(commits):
    assert stays_noted(commits, Monograph.objects.count)


class Slow:
    """A database whose first answer is long in coming; it tells how often it was asked."""

    def __init__(self):
        self.asked = 0
        self.is_asked, self.may_answer = threading.Event(), threading.Event()

    def version(self):
        self.asked += 1
        number = self.asked
        self.is_asked.set()
        self.may_answer.wait(30)
        return number

    def close(self):
        pass


class Door:
    """A lock that tells how many have come to it."""

    def __init__(self):
        self.lock, self.came = threading.Lock(), threading.Semaphore(0)

    def __enter__(self):
        self.came.release()
        self.lock.acquire()

    def __exit__(self, *error):
        self.lock.release()


def test_who_comes_while_a_question_is_asked_waits_for_the_next_one_and_all_share_it(monkeypatch):
    slow, door = Slow(), Door()
    commits = Commits(slow)
    monkeypatch.setattr(commits, "_lock", door)
    first = threading.Thread(target=commits.known)
    first.start()
    assert slow.is_asked.wait(30)
    late = [threading.Thread(target=commits.known) for _ in range(5)]
    for thread in late:
        thread.start()
    assert all(door.came.acquire(timeout=30) for _thread in (first, *late))
    slow.may_answer.set()
    for thread in (first, *late):
        thread.join(30)
    assert slow.asked == 2


def test_a_database_that_is_gone_says_so_and_is_asked_again_on_a_new_connection(commits, monkeypatch):
    closed = []
    close = commits.source.close
    monkeypatch.setattr(commits.source, "close", lambda: closed.append(close()))
    answer = commits.source.version

    def refuse():
        raise DatabaseError("gone")

    commits.known()["page"] = "right"
    monkeypatch.setattr(commits.source, "version", refuse)
    with pytest.raises(GONE):
        commits.known()
    assert closed
    monkeypatch.setattr(commits.source, "version", answer)
    make_monograph()
    assert commits.known() == {}
