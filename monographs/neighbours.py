"""What stands beside a monograph: the ones before and after it in the alphabet, and others under its topics."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Q, Subquery
from django.utils import timezone

from monographs.addresses import address_of
from monographs.models import Edition, Filing, Listing, Withdrawal
from monographs.models.listing import sort_title_of
from monographs.prepared import SOME_NUMBER, SOME_TIME, SOME_WORD, Prepared

MOST_RELATED = 5
MOST_TOPICS = 6
MOST_LOOKED_AT = 60
"""Editions under each of its topics, the newest first, among which related ones are sought."""

CATALOGUE = ("newest", "last_change", "last_withdrawal", "next_change")
"""What `catalogue` tells."""


@dataclass(frozen=True)
class Neighbour:
    """Another monograph, as a link needs it."""

    slug: str
    title: str

    @property
    def address(self):
        return address_of("monograph", self.slug)


@dataclass(frozen=True)
class Neighbours:
    """What stands beside a monograph; `related` begins with what shares the most topics."""

    previous: Neighbour | None
    next: Neighbour | None
    related: list[Neighbour]


def neighbours_of(edition):
    """Return the Neighbours of an edition in force, in two queries and one for each of its topics."""
    before, after = _in_alphabet(edition)
    return Neighbours(before, after, _related(edition))


def _in_alphabet(edition):
    row = IN_A_ROW.tuples(place=sort_title_of(edition.title), edition=edition.pk, now=timezone.now())
    here = [pk for pk, *_ in row].index(edition.pk)
    others = [Neighbour(slug, title) for _, slug, title in row]
    return others[here - 1] if here else None, others[here + 1] if here + 1 < len(others) else None


def _in_a_row(place, edition, now):
    """An edition with the one before and the one after it, as far as there are any."""
    current = Listing.objects.current(now)
    # Equal titles stand in the order of their editions, as in the list from A to Z.
    before = current.filter(Q(sort_title__lt=place) | Q(edition__lt=edition), sort_title__lte=place)
    after = current.filter(Q(sort_title__gt=place) | Q(edition__gt=edition), sort_title__gte=place)
    before, after = before.order_by("-sort_title", "-edition_id"), after.order_by("sort_title", "edition_id")
    three = Q(pk=edition) | Q(pk=Subquery(before.values("pk")[:1])) | Q(pk=Subquery(after.values("pk")[:1]))
    listed = Listing.objects.filter(three).order_by("sort_title", "edition_id")
    return listed.values_list("edition", "edition__monograph__slug", "edition__title")


IN_A_ROW = Prepared(_in_a_row, place=SOME_WORD, edition=SOME_NUMBER, now=SOME_TIME)


def _related(edition):
    now = timezone.now()
    shared = Counter()
    # Topic by topic, so that an index has each in this order, however many stand under it.
    for (topic,) in TOPICS.tuples(edition=edition.pk):
        shared.update(UNDER_TOPIC.tuples(topic=topic, edition=edition.pk, now=now))
    nearest = sorted(shared, key=lambda other: (-shared[other], other[-1]))[:MOST_RELATED]
    return [Neighbour(slug, title) for slug, title, _sort_title in nearest]


def _topics(edition):
    return Filing.objects.filter(edition=edition).values_list("topic")[:MOST_TOPICS]


def _under_topic(topic, edition, now):
    filed = Filing.objects.filter(topic=topic, edition__listing__begins__lte=now, edition__listing__ends__gt=now)
    filed = filed.exclude(edition=edition).order_by("-edition_id")
    return filed.values_list("edition__monograph__slug", "edition__title", "sort_title")[:MOST_LOOKED_AT]


TOPICS = Prepared(_topics, edition=SOME_NUMBER)
UNDER_TOPIC = Prepared(_under_topic, topic=SOME_NUMBER + 1, edition=SOME_NUMBER, now=SOME_TIME)


def catalogue(at):
    """Return expressions whose values change whenever any monograph's neighbours may have, by deed or by the clock.

    `at` is the time now, and `next_change` is when the next scheduled edition of any monograph comes into force.
    """
    editions = Edition.objects
    return {
        "newest": Subquery(editions.order_by("-pk").values("pk")[:1]),
        "last_change": Subquery(editions.public(at).order_by("-public_from").values("public_from")[:1]),
        "last_withdrawal": Subquery(Withdrawal.objects.order_by("-pk").values("pk")[:1]),
        "next_change": Subquery(editions.scheduled(at).order_by("public_from").values("public_from")[:1]),
    }
