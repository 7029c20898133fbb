"""How every act on a review begins and ends: lock its row, change named fields, bring its card in line."""

from django.utils.translation import gettext as _

from monographs.locks import one_at_a_time
from reviews import copies
from reviews.models import Card, Review, Tally, Wording
from reviews.search import indexing

MOVING = (
    "status",
    "decided_at",
    "decided_by_id",
    "confirmed_at",
    "withdrawn_at",
    "wording",
    "next_wording",
    "revision",
    "helpful_count",
    *Review.WRITTEN,
)


def lock(review):
    """Return the stored review, locked until the transaction ends."""
    # The bare row: PostgreSQL refuses to lock the empty side of a join.
    return Review.objects.select_for_update().get(pk=review.pk)


def finish(locked, review):
    """Store what an act changed, refresh the card and the search, and bring the caller's object up to date."""
    locked.revision += 1
    locked.save(update_fields=[field.removesuffix("_id") for field in MOVING])
    Card.objects.refresh(locked)
    indexing.refresh(locked)
    for name in MOVING:
        setattr(review, name, getattr(locked, name))


def show_wording(review, number):
    """Make one wording of a locked review the public one and count its stars; the one that was public is kept.

    Raises SecondReview.
    """
    if review.is_public:
        Tally.objects.take(review)
    if number != review.wording:
        Wording.objects.keep(review)
        replace_text(review, Wording.objects.get(review=review, number=number))
    _only_one_of_its_author(review)
    review.status = Review.Status.APPROVED
    Tally.objects.add(review)


def _only_one_of_its_author(review):
    """Raise SecondReview when another review by the same person, of the same edition, is public."""
    if review.email_hash:
        one_at_a_time(review.email_hash)
        if first := next((other for other in Review.objects.by_same_person(review) if other.is_public), None):
            raise Review.SecondReview(first)


def replace_text(review, wording):
    """Let another Wording of a locked review be the one that counts."""
    review.take_text_of(wording)
    review.wording = wording.number
    copies.index(review)
    # Those who found the earlier wording helpful have not read this one.
    review.votes.all().delete()
    review.helpful_count = 0


def hide(review, status):
    """Give a locked review a status in which nobody reads it, and uncount it if it was public."""
    if review.is_public:
        Tally.objects.take(review)
    review.status = status
    review.next_wording = None


def wrong_state(review):
    """Return the exception that says what state the review is in."""
    return Review.WrongState(
        _("“%(title)s” is %(status)s, so this cannot be done.")
        % {"title": review.title, "status": review.get_status_display()}
    )
