"""People and programs that do the same thing at the same moment: one wins, nothing is counted twice."""

import re

import pytest
from django.test import Client

from monographs.open_forms import TooMany
from reviews.models import Card, Decision, Review, Tally
from reviews.submission import submit
from tests.factories import make_published, make_user
from tests.factories_reviews import make_approved, make_moderator, make_review
from tests.races import at_once


def approve_and_reject_at_once():
    review = make_review(rating=3)
    first, second = make_user(), make_user()
    return review, at_once(
        lambda: Review.objects.get(pk=review.pk).approve(by=first),
        lambda: Review.objects.get(pk=review.pk).reject(by=second, reason="copied"),
    )


def assert_exactly_one_won(review, results):
    [decision] = [result for result in results if isinstance(result, Decision)]
    [loser] = [result for result in results if isinstance(result, Review.AlreadyDecided)]
    assert decision.moderator in str(loser)
    assert Decision.objects.filter(review=review).count() == 1
    review.refresh_from_db()
    assert review.status == decision.verdict
    assert Tally.objects.of(review.monograph_id).count == (1 if review.is_public else 0)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told():
    for _round in range(5):
        assert_exactly_one_won(*approve_and_reject_at_once())


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_the_first_reviews_of_a_monograph_approved_at_once_are_all_counted():
    monograph = make_published()
    moderator = make_user()
    reviews = [make_review(monograph=monograph, rating=rating) for rating in (1, 2, 3, 4, 5, 5)]

    results = at_once(*[lambda review=review: review.approve(by=moderator) for review in reviews])

    assert all(isinstance(result, Decision) for result in results), results
    tally = Tally.objects.of(monograph.pk)
    assert [bar.count for bar in tally.bars] == [2, 1, 1, 1, 1]
    assert tally.revision == 6


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_withdrawing_while_it_is_approved_leaves_no_count_behind():
    for _round in range(5):
        review = make_review()
        moderator = make_user()
        at_once(
            lambda review=review, by=moderator: Review.objects.get(pk=review.pk).approve(by=by),
            lambda review=review: Review.objects.get(pk=review.pk).withdraw(),
        )

        review.refresh_from_db()
        assert review.status == Review.Status.WITHDRAWN
        assert Tally.objects.of(review.monograph_id).count == 0


@pytest.mark.django_db(transaction=True)
def test_withdrawing_twice_at_once_uncounts_once():
    review = make_approved()
    make_approved(monograph=review.monograph)

    at_once(*[lambda: Review.objects.get(pk=review.pk).withdraw()] * 2)

    assert Tally.objects.of(review.monograph_id).count == 1


@pytest.mark.django_db(transaction=True)
def test_reviews_sent_at_once_cannot_slip_past_the_limit(settings):
    settings.REVIEWS_PER_HOUR = 2
    monograph = make_published()
    edition = monograph.edition_in_force

    def send():
        review = Review(
            monograph=monograph,
            edition=edition,
            rating=4,
            title="Title",
            body="Body",
            author_name="Ada",
            perspective="own",
        )
        return submit(review, address="192.0.2.1")

    results = at_once(*[send] * 6)

    assert Review.objects.count() == 2
    assert sum(isinstance(result, TooMany) for result in results) == 4


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_four_moderators_decide_a_hundred_reviews_once_each_with_exact_tallies_and_a_complete_log():
    monograph = make_published()
    reviews = [make_review(monograph=monograph, rating=number % 5 + 1) for number in range(100)]

    def decide_all(number, moderator):
        won = 0
        for review in reviews[number * 25 :] + reviews[: number * 25]:
            try:
                if review.pk % 3:
                    Review.objects.get(pk=review.pk).approve(by=moderator)
                else:
                    Review.objects.get(pk=review.pk).reject(by=moderator, reason="copied")
            except Review.AlreadyDecided:
                continue
            won += 1
        return won

    moderators = [make_user() for _ in range(4)]
    won = at_once(*[lambda pair=pair: decide_all(*pair) for pair in enumerate(moderators)])

    assert sum(won) == 100, won
    assert Decision.objects.count() == 100
    assert not Review.objects.pending().exists()
    assert not Card.objects.exists()
    assert Tally.objects.of(monograph.pk).count == Review.objects.approved().count()
    assert not Tally.objects.differing_from_reviews()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_four_moderators_at_their_desks_decide_forty_reviews_once_each_and_never_meet():
    monograph = make_published()
    for number in range(40):
        make_review(monograph=monograph, rating=number % 5 + 1)

    def work(moderator):
        client = Client()
        client.force_login(moderator)
        decided, met = 0, 0
        while True:
            page = client.get("/admin/reviews/desk/", follow=True).content.decode()
            shown = re.search(r'data-hold="(/admin/reviews/desk/(\d+)/)hold/" data-seen="(\d+)"', page)
            if not shown:
                return decided, met
            address, number, seen = shown.groups()
            verb = "approve" if int(number) % 3 else "reject"
            form = {"yes-seen": seen, "no-seen": seen, "no-reason": "copied"}
            status = client.post(f"{address}{verb}/", form).status_code
            decided += status == 302
            met += status == 409

    moderators = [make_moderator() for _ in range(4)]
    results = at_once(*[lambda moderator=moderator: work(moderator) for moderator in moderators])

    assert sum(decided for decided, _met in results) == 40, results
    assert Decision.objects.filter(was_blind=True).count() == 40
    assert not Review.objects.pending().exists()
    assert not Card.objects.exists()
    assert Tally.objects.of(monograph.pk).count == Review.objects.approved().count()
    assert not Tally.objects.differing_from_reviews()
    # Claims keep them apart: nobody is led to what another is looking at.
    assert sum(met for _decided, met in results) == 0, results
