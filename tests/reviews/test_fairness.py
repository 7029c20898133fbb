import csv
import io
from datetime import timedelta
from importlib import import_module

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from reviews.fairness import Group, chi_squared_tail, differs_beyond_chance, protect, report
from reviews.models import Figure, Review
from tests.factories import make_published, make_user
from tests.factories_reviews import make_approved, make_rejected, make_review


def decide(monograph, *, approved=0, rejected=0, rating=4):
    moderator = make_user()
    for _ in range(approved):
        make_review(monograph=monograph, rating=rating).approve(by=moderator)
    for _ in range(rejected):
        make_review(monograph=monograph, rating=rating).reject(by=moderator, reason="abusive")


def text_of(client):
    return " ".join(client.get("/reviews/fairness/").content.decode().split())


@pytest.mark.django_db
def test_the_figures_are_counted_from_the_decisions(client):
    monograph = make_published()
    decide(monograph, approved=9, rejected=3, rating=5)
    decide(monograph, approved=10, rejected=2, rating=1)
    make_review(monograph=monograph)
    make_review(monograph=monograph, status=Review.Status.UNCONFIRMED)
    figures = report()
    assert (figures.received, figures.waiting, figures.all.decided) == (25, 1, 24)
    assert [(group.name, group.approved, group.rejected) for group in figures.by_stars] == [
        ("5", 9, 3),
        ("4", 0, 0),
        ("3", 0, 0),
        ("2", 0, 0),
        ("1", 10, 2),
    ]
    assert figures.reasons == [("Abusive", 5)]
    page = text_of(client)
    assert "25 reviews have been received. 1 waits for a decision. 24 decisions have been made." in page
    assert "75 %" in page


@pytest.mark.django_db
def test_the_page_tells_of_each_decision_at_once_also_when_one_is_taken_back_and_another_made():
    monograph, moderator = make_published(), make_user()
    first, second = make_review(monograph=monograph, rating=5), make_review(monograph=monograph, rating=1)
    for review in (second, first):
        decision = review.approve(by=moderator, undo_for=timedelta(minutes=1))
        seen = [group.decided for group in report().by_stars]
        decision.retract(by=moderator)
    assert seen == [1, 0, 0, 0, 0]

    # The same number of rows with the same sum as then, and other figures.
    second.approve(by=moderator)

    assert [group.decided for group in report().by_stars] == [0, 0, 0, 0, 1]


@pytest.mark.django_db
def test_figures_that_have_not_changed_are_worked_out_once(django_assert_num_queries):
    decide(make_published(), approved=1)
    report()
    with django_assert_num_queries(2):
        report()


@pytest.mark.django_db
def test_a_long_queue_is_counted_no_further_than_needed(client, monkeypatch):
    # The module; the package has its function under the same name.
    monkeypatch.setattr(import_module("reviews.fairness.report"), "WAITING_AT_MOST", 2)
    monograph = make_published()
    for sentence in ("0 wait for", "1 waits for", "At least 2 wait for", "At least 2 wait for"):
        assert f"{sentence} a decision." in text_of(client)
        make_review(monograph=monograph)


@pytest.mark.django_db
def test_a_withdrawn_review_still_counts_as_it_was_decided():
    monograph = make_published()
    review = make_review(monograph=monograph)
    review.approve(by=make_user())
    before = report().all
    review.withdraw()
    assert report().all == before


@pytest.mark.django_db
def test_each_decision_shows_on_the_next_request():
    monograph = make_published()
    for number in range(1, 4):
        decide(monograph, approved=1)
        assert report().all.approved == number


@pytest.mark.django_db
def test_small_numbers_are_protected_on_the_page_and_in_the_csv(client):
    monograph = make_published()
    decide(monograph, approved=9, rating=2)
    assert "Shares are shown from 10 decisions on." in text_of(client)
    decide(monograph, approved=12, rejected=3, rating=5)
    decide(monograph, approved=11, rating=3)
    page = text_of(client)
    assert "fewer than 10" in page
    rows = list(csv.reader(io.StringIO(client.get("/reviews/fairness.csv").content.decode())))
    assert ["stars", "2", "fewer than 10"] in rows
    assert ["stars", "3", "left out"] in rows, "otherwise the total would give two stars away"
    assert ["stars", "5", "15", "12", "0.8000", "0.5481", "0.9295"] in rows


@pytest.mark.django_db
def test_waiting_times_run_from_when_a_review_could_be_decided():
    monograph = make_published()
    moderator = make_user()
    now = timezone.now()
    for hours in range(1, 11):
        review = make_review(monograph=monograph)
        Review.objects.filter(pk=review.pk).update(submitted_at=now - timedelta(hours=hours))
        review.approve(by=moderator)
    figures = report()
    assert round(figures.median_wait / timedelta(hours=1)) == 5
    assert round(figures.long_wait / timedelta(hours=1)) == 9


def test_a_real_difference_is_called_one_and_a_chance_one_is_not():
    assert differs_beyond_chance([Group("5", 95, 5), Group("1", 60, 40)]) is True
    assert differs_beyond_chance([Group("5", 80, 20), Group("1", 77, 23)]) is False
    assert differs_beyond_chance([Group("5", 8, 2), Group("1", 3, 7)]) is None
    assert differs_beyond_chance([Group("5", 50, 0), Group("1", 50, 0)]) is False
    assert differs_beyond_chance([]) is None


@pytest.mark.parametrize(
    ("x", "freedom", "tail"),
    [(3.841, 1, 0.05), (5.991, 2, 0.05), (7.815, 3, 0.05), (9.488, 4, 0.05), (13.277, 4, 0.01)],
)
def test_the_tail_of_chi_squared_agrees_with_the_tables(x, freedom, tail):
    assert chi_squared_tail(x, freedom) == pytest.approx(tail, rel=0.01)


@given(st.integers(0, 500), st.integers(0, 500))
def test_the_interval_holds_the_share_and_stays_within_its_bounds(approved, rejected):
    group = Group("", approved, rejected)
    if group.decided:
        low, high = group.interval
        assert 0 <= low <= group.share + 1e-9
        assert group.share - 1e-9 <= high <= 1


@pytest.mark.django_db
def test_the_fairness_page_is_public_without_cookies_and_bounded_in_queries(client, django_assert_max_num_queries):
    decide(make_published(), approved=11)
    with django_assert_max_num_queries(8):
        response = client.get("/reviews/fairness/")
    assert not response.cookies
    with django_assert_max_num_queries(2):
        client.get("/reviews/fairness/")


@pytest.mark.django_db
def test_a_decision_that_was_taken_back_is_not_counted():
    review, moderator = make_review(), make_user()
    review.approve(by=moderator, undo_for=timedelta(seconds=10)).retract(by=moderator)

    assert report().all.decided == 0
    call_command("verify")


def decide_card(review, *, approve):
    if approve:
        review.approve(by=make_user())
    else:
        review.reject(by=make_user(), reason="abusive")


@pytest.mark.django_db
def test_appeals_and_reports_are_counted_with_what_came_of_them(client):
    monograph = make_published()
    for number in range(12):
        review = make_rejected(monograph=monograph, reason="copied")
        review.appeal("Mine.")
        decide_card(review, approve=number < 9)
    for number in range(10):
        review = make_approved(monograph=monograph)
        review.flag(reason="abusive")
        decide_card(review, approve=number < 5)

    figures = report()

    assert (figures.appealed, figures.appeals.approved, figures.appeals.rejected) == (12, 9, 3)
    assert (figures.flagged, figures.flags.approved, figures.flags.rejected) == (10, 5, 5)
    assert figures.all.decided == 22, "decisions about wordings alone"
    assert "75 % of the appeals that were answered succeeded" in text_of(client)
    [quarter] = figures.by_quarter
    assert (quarter.received, quarter.appeals.decided) == (22, 12)
    call_command("verify")


@pytest.mark.django_db
def test_verify_finds_figures_that_disagree_with_the_decisions():
    decide(make_published(), approved=2)
    Figure.objects.filter(kind="wording").update(count=7)

    with pytest.raises(CommandError, match="1 differences"):
        call_command("verify")


@given(st.lists(st.integers(0, 300), min_size=1, max_size=6))
def test_no_group_that_is_too_small_can_be_worked_out_from_the_total(counts):
    groups = protect([Group(str(place), count, 0) for place, count in enumerate(counts)])

    told = [group for group in groups if group.is_enough]
    hidden = [group for group in groups if group.decided and not group.is_enough]
    assert all(group.decided >= 10 for group in told)
    assert len(hidden) != 1 or not told
