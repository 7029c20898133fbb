"""Synthetic reviews in bulk, for measuring: decided as moderators would, with everything that is counted from them."""

import random
from collections import Counter
from datetime import timedelta
from functools import cache

from django.db import transaction
from django.utils import timezone

from reviews.copies import hash_of
from reviews.likeness import keys_of, pairs_of
from reviews.models import Card, Decision, Figure, Flag, GroupTally, Review, Tally, TextKey
from reviews.models.figure import figures_of, quarter_of
from reviews.models.star_counts import STARS
from reviews.models.written_text import group_key
from reviews.search import indexing

AT_ONCE = 5000
SHARE_OF_FIRST = 10
"""One review in so many is about the first monograph, so that one list is long."""

SHARE_OF_REPORTED = 100
"""One public review in so many was reported, and every tenth report waits for a moderator."""

REASONS = ("Depression", "Pain", "Anaesthesia", "Sleep", "")
FORMS = ("Tablet", "Infusion", "Nasal spray", "")
SENTENCES = (
    "The first two weeks were strange.",
    "After the fourth day I slept through the night.",
    "It took the pain away within an hour.",
    "Nothing changed, and I felt sick each time.",
    "I would talk to the doctor sooner another time.",
)
Status = Review.Status


def populate(count, *, by, editions):
    """Make this many reviews of editions; yield how many are made after each batch.

    Of a hundred, one waits, eight are refused by `by`, and the others are approved. One monograph after the other gets
    its reviews, so that a batch moves the tallies of a few.
    """
    chance = random.Random(count)  # noqa: S311, made up on purpose
    for made in range(0, count, AT_ONCE):
        size = min(AT_ONCE, count - made)
        with transaction.atomic():
            places = (number * len(editions) // count for number in range(made, made + size))
            reviews = Review.objects.bulk_create(_review(chance, by, editions, place) for place in places)
            TextKey.objects.bulk_create(
                TextKey(review=review, key=key) for review in reviews for key in _summed_up(review.body)[1]
            )
            _count(reviews, chance, by)
            indexing.index([review for review in reviews if review.is_public])
        yield made + size


def _review(chance, by, editions, place):
    edition = editions[0 if chance.randrange(SHARE_OF_FIRST) == 0 else place]
    status = chance.choices([Status.PENDING, Status.REJECTED, Status.APPROVED], [1, 8, 91])[0]
    sent = timezone.now() - timedelta(seconds=chance.randrange(60, 100_000_000))
    is_decided = status != Status.PENDING
    reason, form = chance.choice(REASONS), chance.choice(FORMS)
    body = "\n\n".join(chance.choices(SENTENCES, k=3))
    return Review(
        edition=edition,
        monograph_id=edition.monograph_id,
        rating=chance.randint(1, 5),
        title=chance.choice(SENTENCES),
        body=body,
        text_hash=_summed_up(body)[0],
        author_name="Made up",
        perspective=chance.choice(Review.Perspective.values),
        reason_for_use=reason,
        form_taken=form,
        reason_key=group_key(reason),
        form_taken_key=group_key(form),
        helpful_count=chance.choice([0, 0, 0, 1, 2, 5]),
        submitted_at=sent,
        status=status,
        decided_at=sent + timedelta(seconds=chance.randrange(60, 200_000)) if is_decided else None,
        decided_by=by if is_decided else None,
    )


@cache
def _summed_up(body):
    """Return the hash of a text and the keys of its near copies. There are few texts, and it takes time."""
    return hash_of(body), keys_of(pairs_of(body))


def _flag(chance, review):
    is_open = chance.randrange(10) == 0
    return Flag(
        review=review,
        wording=1,
        reason=Flag.Reason.ADVERTISING,
        at=review.decided_at,
        status=Flag.Status.OPEN if is_open else Flag.Status.SETTLED,
        closed_at=None if is_open else review.decided_at,
    )


def _count(reviews, chance, by):
    """Store the decisions, reports and cards of new reviews, and move every count that follows from them."""
    decisions = Decision.objects.bulk_create(
        Decision(
            review=review,
            wording=1,
            verdict=review.status,
            reason="" if review.is_public else chance.choice(Decision.Reason.values),
            by=by,
            at=review.decided_at,
            final_at=review.decided_at,
            since=review.submitted_at,
            stars=review.rating,
            was_blind=True,
        )
        for review in reviews
        if review.decided_at
    )
    waiting = [review for review in reviews if not review.decided_at]
    flags = Flag.objects.bulk_create(
        _flag(chance, review) for review in reviews if review.is_public and chance.randrange(SHARE_OF_REPORTED) == 0
    )
    cards = [
        Card(review=review, matter="wording", place=Card.Place.WAITING, since=review.submitted_at) for review in waiting
    ]
    cards += [
        Card(review=flag.review, matter="flags", place=Card.Place.FLAGGED, since=flag.at, flag_count=1)
        for flag in flags
        if not flag.closed_at
    ]
    Card.objects.bulk_create(cards)
    figures = Counter((quarter_of(d.at), *place) for d in decisions for place in figures_of(d))
    figures.update((quarter_of(review.submitted_at), Figure.Kind.RECEIVED, "", 0) for review in reviews)
    figures.update((quarter_of(flag.at), Figure.Kind.FLAGGED, "", 0) for flag in flags)
    _move_figures(figures)
    _count_stars([review for review in reviews if review.is_public])


def _move_figures(steps):
    stored = Figure.objects.select_for_update().filter(quarter__in={place[0] for place in steps})
    stored = {(figure.quarter, figure.kind, figure.name, figure.stars): figure for figure in stored}
    for place, step in steps.items():
        quarter, kind, name, stars = place
        figure = stored.setdefault(place, Figure(quarter=quarter, kind=kind, name=name, stars=stars))
        figure.count += step
    Figure.objects.bulk_create(
        (stored[place] for place in steps),
        update_conflicts=True,
        unique_fields=["quarter", "kind", "name", "stars"],
        update_fields=["count"],
    )


def _count_stars(public):
    tallies = Tally.objects.select_for_update().in_bulk({review.monograph_id for review in public})
    stored = GroupTally.objects.filter(monograph__in=tallies.keys())
    groups = {(group.monograph_id, group.kind, group.key): group for group in stored}
    for review in public:
        tally = tallies.setdefault(review.monograph_id, Tally(monograph_id=review.monograph_id))
        _add(tally, review)
        tally.revision += 1
        for kind, key in review.groups.items():
            place = review.monograph_id, kind, key
            if place not in groups:
                groups[place] = GroupTally(monograph_id=review.monograph_id, kind=kind, key=key)
            _add(groups[place], review)
            groups[place].total += 1
    stars = [f"stars_{number}" for number in STARS]
    Tally.objects.bulk_create(
        tallies.values(), update_conflicts=True, unique_fields=["monograph"], update_fields=[*stars, "revision"]
    )
    GroupTally.objects.bulk_create(
        groups.values(),
        update_conflicts=True,
        unique_fields=["monograph", "kind", "key"],
        update_fields=[*stars, "total"],
    )


def _add(counts, review):
    name = f"stars_{review.rating}"
    setattr(counts, name, getattr(counts, name) + 1)
