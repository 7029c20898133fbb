"""A query that is written once finds what the queryset finds that it was written from."""

from datetime import timedelta

import pytest
from django.utils import timezone

from monographs.freezing import freeze
from monographs.models import Monograph, PageFrame
from monographs.page_cache import FRAME, NEWEST
from monographs.prepared import SOME_TIME, SOME_WORD, Prepared
from reviews.models import Review
from reviews.templatetags.reviews import NEWEST_READ, newest_reviews
from tests.factories import make_published, make_user
from tests.factories_reviews import make_review

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def library():
    """Two monographs, one of them with three editions and reviews."""
    now, moderator = timezone.now(), make_user()
    make_published(slug="lidocaine").edition_in_force.withdraw(by=moderator, reason="It was wrong.")
    monograph = make_published(slug="ketamine", public_from=now - 2 * HOUR)
    monograph.sections.update(body="Another text.")
    monograph.publish(by=None, note="To come.", public_from=now + HOUR)
    for rating in range(1, 4):
        make_review(monograph=monograph, rating=rating, title="50% %s").approve(by=moderator)
    make_review(monograph=monograph)
    Review.objects.approved().first().reply(by=moderator, text="Thank you.", name="Ann", role="Editor")
    return monograph


def loaded(row):
    return {name: value for name, value in vars(row).items() if name not in ("_state", "_prefetched_objects_cache")}


@pytest.mark.parametrize("slug", ["ketamine", "lidocaine", "none"])
def test_it_finds_the_same_values(slug):
    library()
    for now in (timezone.now(), timezone.now() + 2 * HOUR):
        values = {"slug": slug, "now": now}
        assert NEWEST.tuples(**values) == list(NEWEST._build(**values))


def test_it_finds_the_same_rows_with_what_belongs_to_them(django_assert_num_queries):
    monograph = library()
    for now in (timezone.now(), timezone.now() + 2 * HOUR):
        values = {"monograph": monograph.pk, "now": now}
        assert [loaded(row) for row in NEWEST_READ.rows(**values)] == [
            loaded(row) for row in NEWEST_READ._build(**values)
        ]
    with django_assert_num_queries(2):
        reviews = newest_reviews(monograph.pk)
    written_out = Review.objects.approved().for_reading().newest()
    assert [loaded(review) for review in reviews] == [loaded(review) for review in written_out]
    assert [reply.name for review in reviews for reply in review.standing_replies] == ["Ann"]


def test_it_finds_rows_with_what_stands_beside_them(django_assert_num_queries):
    monograph = library()
    freeze([monograph.pk])
    stored = PageFrame.objects.get(edition__number=1)
    with django_assert_num_queries(1):
        [row] = FRAME.rows(edition=stored.pk, key=stored.key)
        assert row.edition.monograph == monograph
        assert row.edition.monograph.tally.count == 3


def test_a_value_that_the_query_does_not_ask_for_is_named():
    without = Prepared(lambda slug, now: Monograph.objects.filter(slug=slug), slug=SOME_WORD, now=SOME_TIME)
    with pytest.raises(LookupError, match="now would have no effect"):
        without.rows(slug="ketamine", now=timezone.now())
