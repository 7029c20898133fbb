"""What the database itself refuses, whoever writes to it."""

import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from reviews.models import Decision, Review, Tally
from tests.factories import make_user
from tests.factories_reviews import make_approved, make_rejected, make_review

pytestmark = pytest.mark.django_db


def readers_list(monograph):
    return Review.objects.approved().filter(monograph=monograph)


def refused(change):
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


@pytest.mark.parametrize("rating", [0, 6])
def test_a_rating_is_one_to_five(rating):
    refused(lambda: make_review(rating=rating))


def test_a_status_is_one_of_the_five():
    review = make_review()

    refused(lambda: Review.objects.filter(pk=review.pk).update(status="published"))


@pytest.mark.parametrize("status", ["approved", "rejected"])
def test_a_decided_review_says_by_whom_and_when(status):
    review = make_review()

    for fields in ({}, {"decided_at": timezone.now()}, {"decided_by": make_user()}):
        refused(lambda fields=fields: Review.objects.filter(pk=review.pk).update(status=status, **fields))


@pytest.mark.parametrize("status", ["unconfirmed", "pending", "withdrawn"])
def test_an_undecided_review_names_nobody(status):
    review = make_approved()

    refused(lambda: Review.objects.filter(pk=review.pk).update(status=status))


def test_a_withdrawn_review_says_when():
    review = make_review()

    refused(lambda: Review.objects.filter(pk=review.pk).update(status="withdrawn"))


@pytest.mark.parametrize("stars", [1, 2, 3, 4, 5])
def test_a_tally_never_counts_below_zero(stars):
    tally = Tally.objects.create(monograph=make_review().monograph)

    refused(lambda: Tally.objects.filter(pk=tally.pk).update(**{f"stars_{stars}": -1}))


def test_a_wording_is_decided_once():
    decision = make_approved().decisions.get()

    refused(
        lambda: Decision.objects.create(
            review=decision.review, wording=decision.wording, verdict="approved", by=decision.by
        )
    )


def test_a_rejection_has_a_reason_and_an_approval_has_none():
    review, by = make_review(), make_user()

    refused(lambda: Decision.objects.create(review=review, wording=1, verdict="rejected", by=by))
    refused(lambda: Decision.objects.create(review=review, wording=1, verdict="approved", reason="copied", by=by))


def test_one_opened_form_gives_one_review():
    key = "6f1c6f1c-6f1c-4f1c-8f1c-6f1c6f1c6f1c"
    make_review(form_key=key)

    refused(lambda: make_review(form_key=key))


@pytest.mark.parametrize(
    "change",
    [
        lambda decision: decision.save(),
        lambda decision: decision.delete(),
        lambda decision: Decision.objects.update(message="Other words."),
        lambda decision: Decision.objects.bulk_update([decision], ["message"]),
        lambda decision: Decision.objects.all().delete(),
        lambda decision: decision.review.decisions.all().delete(),
    ],
)
def test_decisions_are_never_changed_or_deleted(change):
    decision = make_rejected().decisions.get()

    with pytest.raises(Decision.Immutable):
        change(decision)

    assert Decision.objects.count() == 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the planner of PostgreSQL scans tables that are small")
@pytest.mark.parametrize(
    ("index", "query"),
    [
        ("review_newest", lambda monograph: Review.objects.approved().filter(monograph=monograph).newest()[:10]),
        (
            "review_newest",
            lambda monograph: (
                Review.objects.approved().filter(monograph=monograph).older_than(timezone.now(), 7).newest()[:21]
            ),
        ),
        (
            "review_(by_stars|highest)",
            lambda monograph: Review.objects.approved().filter(monograph=monograph, rating=1).newest()[:21],
        ),
        (
            "review_by_perspective",
            lambda monograph: Review.objects.approved().filter(monograph=monograph, perspective="own").newest()[:21],
        ),
        *(
            (
                f"review_{index}",
                lambda monograph, order=order: readers_list(monograph).order_by(order, "-submitted_at", "-pk")[:21],
            )
            for index, order in {"most_helpful": "-helpful_count", "highest": "-rating", "by_stars": "rating"}.items()
        ),
        ("review_by_reason", lambda monograph: readers_list(monograph).filter(reason_key="pain").newest()[:21]),
        ("review_by_form", lambda monograph: readers_list(monograph).filter(form_taken_key="spray").newest()[:21]),
        (
            "review_per_hour",
            lambda monograph: Review.objects.filter(network_hash="ab", submitted_at__gt=timezone.now()).order_by(
                "-submitted_at"
            )[:5],
        ),
        ("review_queue", lambda monograph: Review.objects.pending().order_by("submitted_at", "pk")[:50]),
    ],
)
def test_each_list_reads_its_index_in_order(index, query):
    plan = query(make_review().monograph).explain()

    assert re.search(index, plan)
    assert "TEMP B-TREE" not in plan
