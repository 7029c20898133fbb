"""What a review needs of moderators now: the one place that works it out from the review, its flags and its appeal."""

from reviews.models import Card, Flag, Wording
from reviews.models.written_text import WrittenText

Matter, Place = Card.Matter, Card.Place


def waiting_text(review):
    """Return the wording that waits for a decision: the review itself, the Wording that is to replace it, or None."""
    if review.next_wording:
        return Wording.objects.get(review=review, number=review.next_wording)
    return review if review.status == review.Status.PENDING else None


def needs_of(review):
    """Return the fields of the review's Card, or None when it needs nobody.

    An appeal is answered before a new wording, and a new wording before flags about the one that it would replace.
    """
    if review.status in (review.Status.UNCONFIRMED, review.Status.WITHDRAWN):
        return None
    appeal = review.appeals.open().first()
    text = waiting_text(review)
    flags = list(review.flags.open().order_by("at", "pk")) if review.is_public else []
    if appeal:
        matter, since = Matter.APPEAL, appeal.at
    elif text:
        matter, since = Matter.WORDING, max(filter(None, [text.submitted_at, review.confirmed_at]))
    elif flags:
        matter, since = Matter.FLAGS, flags[0].at
    else:
        return None
    return {"matter": matter, "place": _place(text, flags, appeal), "since": since, "flag_count": len(flags)}


def _place(text, flags, appeal):
    screened = text.screened_as if text else ""
    if screened == WrittenText.Screened.CRISIS or any(flag.reason == Flag.Reason.DANGER for flag in flags):
        return Place.CRISIS
    if flags:
        return Place.FLAGGED
    if appeal:
        return Place.APPEAL
    return Place.SPAM if screened == WrittenText.Screened.SPAM else Place.WAITING
