"""The queue beside the review: a window of it, however long it is, and what comes next for whom."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.timesince import timesince

from reviews.models import Card, Review

COUNTED_TO = 99
"""Cards of one place are counted up to here; of more the desk says "99+"."""

BEFORE, AFTER = 5, 25
"""Cards listed before and after the one that is looked at."""

MOST_ATTEMPTS = 10
MOST_SKIPPED = 200
SKIPPED = "desk_skipped"
"""In the session: the reviews that somebody skipped, each with the revision in which it was."""


@dataclass(frozen=True)
class Group:
    """One place of the queue with the cards of it that are in the window."""

    place: Card.Place
    count: int
    cards: list[Card]

    @property
    def count_in_words(self):
        """The count, or "99+"."""
        return f"{COUNTED_TO}+" if self.count > COUNTED_TO else str(self.count)


def groups(card, request):
    """Return a Group for each place; the window is around `card`, or at the front when that is None."""
    cards = _for_listing()
    window = cards.in_order()[: AFTER + 1]
    if card:
        window = [*cards.before(card, BEFORE), card, *cards.after(card, AFTER)]
    skipped = _skipped(request)
    listed = {place: [] for place in Card.Place}
    for item in window:
        item.wait = timesince(item.since, depth=1)
        item.is_new = timezone.now() - item.since < timedelta(minutes=1)
        item.is_skipped = item.pk in skipped
        item.other_holder = other_holder(item, request.user)
        listed[item.place].append(item)
    return [Group(place, _count(place), listed[place]) for place in Card.Place]


def card_of(pk):
    """Return the card of a review with what the desk's list shows of it, or None when the review needs nobody."""
    return _for_listing().filter(pk=pk).first()


def neighbours(card, listed):
    """Return the cards before and after one in the listed groups, each or None."""
    cards = [item for group in listed for item in group.cards]
    place = cards.index(card)
    return cards[place - 1] if place else None, cards[place + 1] if place + 1 < len(cards) else None


def take_next(request, place=None):
    """Hold the first card that `request.user` may decide now and has not skipped; return its number, or None.

    Of several moderators who ask at the same moment each gets another one.
    """
    skipped = _skipped(request)
    for _attempt in range(MOST_ATTEMPTS):
        cards = Card.objects.free_for(request.user).decidable_by(request.user).exclude(pk__in=skipped)
        if place:
            cards = cards.filter(place=place)
        pk = cards.in_order().values_list("pk", flat=True).first()
        if pk is None or Card.objects.claim(pk, by=request.user):
            return pk
    return None


def other_holder(card, user):
    """Return the user who holds a card, unless that is `user` or nobody."""
    holder = card.holder()
    return None if holder == user else holder


def skip(request, review):
    """Leave a review out of what comes next, until something happens to it or they are asked for again."""
    skipped = {**request.session.get(SKIPPED, {}), str(review.pk): review.revision}
    request.session[SKIPPED] = dict(list(skipped.items())[-MOST_SKIPPED:])


def unskip(request):
    """Let skipped reviews come next again."""
    request.session.pop(SKIPPED, None)


def has_skipped(request):
    """Whether reviews that were skipped still wait."""
    return Card.objects.filter(pk__in=_skipped(request)).exists()


def _skipped(request):
    skipped = request.session.get(SKIPPED)
    if not skipped:
        return set()
    revisions = Review.objects.filter(pk__in=skipped).values_list("pk", "revision")
    return {pk for pk, revision in revisions if skipped[str(pk)] == revision}


def _count(place):
    return Card.objects.filter(place=place).order_by()[: COUNTED_TO + 1].count()


def _for_listing():
    # These fields and no others: what is not loaded cannot show.
    return Card.objects.select_related("review__monograph", "claimed_by").only(
        "matter",
        "place",
        "since",
        "flag_count",
        "claimed_since",
        "claimed_until",
        "claimed_by__username",
        "claimed_by__first_name",
        "claimed_by__last_name",
        "review__title",
        "review__monograph__title",
    )
