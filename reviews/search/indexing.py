"""Keeping the index of reviews: it changes in the transaction that decides, withdraws or edits."""

from django.db import transaction
from django.db.models import F, Q

from monographs.search.backends import backend
from monographs.search.words import forms_of
from reviews.models import IndexedReview, Review

AT_ONCE = 500
WEIGHTS = {"title": 1, "body": 1, "medicine": 1}


def words():
    """Return the index of the words of reviews."""
    return backend().WordIndex("reviews_indexedreview", "review_id", WEIGHTS)


def create():
    """Make the part of the index that Django's models do not show, where it is missing."""
    words().create()


def drop():
    """Take it away."""
    words().drop()


def refresh(review):
    """Bring the index in line with one review, in the transaction that changed it."""
    if not review.is_public:
        IndexedReview.objects.filter(pk=review.pk).delete()
    elif not IndexedReview.objects.filter(pk=review.pk, wording=review.wording).exists():
        index([review])


def index(reviews):
    """Put public reviews into the index, in place of what it holds of them."""
    IndexedReview.objects.bulk_create(
        (IndexedReview(review_id=review.pk, wording=review.wording) for review in reviews),
        update_conflicts=True,
        unique_fields=["review"],
        update_fields=["wording"],
    )
    words().put({review.pk: _words_of(review) for review in reviews})


def public_with(query, *, before=None, most):
    """Return the keys of at most `most` approved reviews with all words, the newest first, from below `before`."""
    if not query.words:
        return []
    # Joined with what is approved, or a row that was left over would show.
    approved = {
        "join": "JOIN reviews_review AS review ON review.id = host.review_id",
        "where": "AND review.status = %s",
        "parameters": [Review.Status.APPROVED],
    }
    query = query.finished_if(lambda word: words().has([word], **approved))
    return words().newest(query.in_text, before=before, most=most, **approved)


def rebuild():
    """Make the index anew where it is not as it should be, some reviews at a time so that nobody waits.

    Yields after each review.
    """
    create()
    for some in _some_keys():
        with transaction.atomic():
            # A review that is decided meanwhile waits, and then brings the index in line itself.
            list(Review.objects.filter(pk__in=some).order_by("pk").select_for_update().values("pk"))
            reviews = _readable(some)
            held = dict(IndexedReview.objects.filter(pk__in=reviews).values_list("pk", "wording"))
            wrong = {key for key, review in reviews.items() if held.get(key) != review.wording}
            wrong |= set(words().differing({key: _words_of(review) for key, review in reviews.items()}))
            if wrong:
                index([reviews[key] for key in sorted(wrong)])
        yield from reviews
    IndexedReview.objects.filter(~Q(review__status=Review.Status.APPROVED)).delete()
    words().tidy()


def size():
    """Return how many reviews the index should hold."""
    return Review.objects.approved().count()


def is_empty():
    """Whether the index holds nothing although it should."""
    return not IndexedReview.objects.exists() and Review.objects.approved().exists()


def differences():
    """Yield None or a sentence for each review: if the index does not hold it as it should, or though it should not."""
    for some in _some_keys():
        batch = {key: _words_of(review) for key, review in _readable(some).items()}
        differing = set(words().differing(batch))
        for key in batch:
            is_wrong = key in differing
            yield (
                f"Review {key}: the search does not find it as it is; run manage.py rebuild_search."
                if is_wrong
                else None
            )
    for held in IndexedReview.objects.exclude(review__status=Review.Status.APPROVED).iterator():
        yield f"Review {held.pk}: the search index holds it although nobody may read it; run manage.py rebuild_search."
    for held in IndexedReview.objects.exclude(wording=F("review__wording")).iterator():
        yield f"Review {held.pk}: the search index holds another wording; run manage.py rebuild_search."


def _some_keys():
    """Yield the keys of all reviews, some at a time.

    Asked for the approved ones in this order, SQLite would sort all of them each time.
    """
    last = 0
    while keys := list(Review.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        yield keys
        last = keys[-1]


def _readable(keys):
    """Return those of some reviews that anybody may read, by key.

    Asked for the approved ones among them, SQLite would look through all that are approved each time.
    """
    reviews = Review.objects.filter(pk__in=keys).select_related("edition")
    shown = reviews.only("title", "body", "wording", "status", "edition__title")
    return {review.pk: review for review in shown if review.is_public}


def _words_of(review):
    return {
        "title": forms_of(review.title),
        "body": forms_of(review.body),
        "medicine": forms_of(review.edition.title),
    }
