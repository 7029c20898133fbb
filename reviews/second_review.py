"""One review per person, medicine and edition: a second one becomes a wording of the first, or is given up.

Who is the same person is told by the e-mail address alone. Whoever wrote a second review does not learn that from the
site, only from a letter to that address: it may be somebody else's.
"""

from django.db import transaction

from reviews.locking import lock
from reviews.models import Review

Status = Review.Status


def first_of(review):
    """Return the review that the same person wrote before about the same edition, if it can be edited, or None."""
    if not review.email:
        return None
    others = Review.objects.by_same_person(review).select_related("edition")
    states = Status.PENDING, Status.APPROVED, Status.REJECTED
    return next((other for other in others if other.status in states and other.can_be_edited), None)


@transaction.atomic
def put_into_first(review):
    """Make the text of a second review the newest wording of the first, erase the second, and return the first.

    Raises Review.WrongState when there is no first one any more, or the second was decided.
    """
    locked = lock(review)
    first = first_of(locked)
    if first is None or locked.status not in (Status.UNCONFIRMED, Status.PENDING):
        raise Review.WrongState
    first.edit(locked)
    review.erase()
    return first
