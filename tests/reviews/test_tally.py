"""Star counts, averages and distributions."""

import pytest
from django.contrib.auth.models import User
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviews.models import Review, Tally
from tests.factories import make_published, make_user
from tests.factories_reviews import make_approved, make_rejected, make_review

pytestmark = pytest.mark.django_db


def recount(monograph):
    ratings = list(Review.objects.approved().filter(monograph=monograph).values_list("rating", flat=True))
    return [ratings.count(stars) for stars in range(1, 6)]


def counts(tally):
    return [tally.counted(stars) for stars in range(1, 6)]


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["submit", "approve", "reject", "withdraw", "confirm"]),
        st.integers(1, 5),
        st.integers(0, 7),
    ),
    max_size=25,
)


@given(steps=STEPS)
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_the_tally_equals_a_recount_whatever_happens_in_whatever_order(db, steps):
    monograph = make_published()
    edition = monograph.edition_in_force
    moderator = User.objects.first() or make_user()
    reviews = []
    for step, rating, which in steps:
        if step == "submit":
            status = Review.Status.UNCONFIRMED if which % 3 == 0 else Review.Status.PENDING
            reviews.append(make_review(edition=edition, monograph=monograph, rating=rating, status=status))
        elif reviews:
            review = reviews[which % len(reviews)]
            before = Tally.objects.of(monograph.pk).revision
            was_public = review.is_public
            options = {"approve": {"by": moderator}, "reject": {"by": moderator, "reason": "copied"}}.get(step, {})
            try:
                getattr(review, step)(**options)
            except Review.WrongState:
                assert Tally.objects.of(monograph.pk).revision == before
            else:
                assert (Tally.objects.of(monograph.pk).revision != before) == (was_public or review.is_public)
        assert counts(Tally.objects.of(monograph.pk)) == recount(monograph)


def test_a_monograph_without_reviews_counts_nothing():
    tally = Tally.objects.of(make_published().pk)

    assert tally.count == 0
    assert tally.average is None
    assert [bar.percent for bar in tally.bars] == [0, 0, 0, 0, 0]


def test_no_average_below_the_minimum_and_the_exact_one_from_it_on(settings):
    settings.REVIEWS_MINIMUM_FOR_AVERAGE = 3
    monograph = make_published()
    for rating in (5, 4):
        make_approved(monograph=monograph, rating=rating)
    assert Tally.objects.of(monograph.pk).average is None

    make_approved(monograph=monograph, rating=2)

    assert Tally.objects.of(monograph.pk).average == pytest.approx(11 / 3)


def test_the_distribution_begins_with_five_stars():
    tally = Tally(stars_5=3, stars_1=1)

    assert [(bar.stars, bar.count, bar.percent) for bar in tally.bars] == [
        (5, 3, 75),
        (4, 0, 0),
        (3, 0, 0),
        (2, 0, 0),
        (1, 1, 25),
    ]


def test_the_revision_moves_with_what_readers_see_and_with_nothing_else():
    monograph = make_published()
    make_rejected(monograph=monograph)
    assert Tally.objects.of(monograph.pk).revision == 0

    review = make_approved(monograph=monograph)
    assert Tally.objects.of(monograph.pk).revision == 1

    make_review(monograph=monograph)
    assert Tally.objects.of(monograph.pk).revision == 1

    review.withdraw()
    assert Tally.objects.of(monograph.pk).revision == 2


def test_a_recount_finds_the_tallies_that_disagree_and_those_that_are_missing():
    _right, wrong, missing = (make_approved(rating=3).monograph for _count in range(3))
    assert Tally.objects.differing_from_reviews() == []

    Tally.objects.filter(pk=wrong.pk).update(stars_3=2)
    Tally.objects.filter(pk=missing.pk).delete()

    assert {tally.monograph for tally in Tally.objects.differing_from_reviews()} == {wrong, missing}
