"""Monographs in order: A to Z, under a topic, new, changed. A page costs the same however many there are."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from monographs.models import Edition, Filing, Listing, Topic

PER_PAGE = 100
PER_TOPIC_PAGE = 24
LATEST = 30


@dataclass(frozen=True)
class Page:
    """Some editions in alphabetical order; `after` is the cursor of the next page, or None on the last."""

    editions: list[Edition]
    after: int | None


def a_to_z(letter="", after=None, *, size=PER_PAGE):
    """Return the Page of all monographs, or of those under a letter, that begins after the edition with this key.

    Raises Listing.DoesNotExist for a cursor that was made up.
    """
    editions = Edition.objects.in_force()
    if letter:
        editions = editions.filter(listing__letter=letter)
    return _page(editions, "listing__sort_title", after, size)


def under_topic(topic, after=None, *, letter="", size=PER_TOPIC_PAGE):
    """Return the Page of the monographs under a topic, like `a_to_z`."""
    editions = Edition.objects.in_force().filter(filings__topic=topic)
    if letter:
        editions = editions.filter(listing__letter=letter)
    return _page(editions, "filings__sort_title", after, size)


def _page(editions, title, after, size):
    if after is not None:
        place = Listing.objects.get(edition=after)
        later = Q(**{f"{title}__gt": place.sort_title}) | Q(pk__gt=after)
        # The last condition says nothing new, but lets the database start reading its index at the right place.
        editions = editions.filter(later, **{f"{title}__gte": place.sort_title})
    found = list(editions.for_lists().order_by(title, "pk")[: size + 1])
    return Page(found[:size], found[size - 1].pk if len(found) > size else None)


def newest_monographs():
    """Return the editions in force of the monographs that readers saw first most recently."""
    return Edition.objects.in_force().for_lists().order_by("-listing__since", "-pk")[:LATEST]


def last_changed():
    """Return the editions in force of the monographs that changed most recently, with `changed_at`."""
    editions = Edition.objects.in_force().filter(listing__changed_at__lte=timezone.now())
    return editions.for_lists().order_by("-listing__changed_at", "-pk")[:LATEST]


def latest_editions(count):
    """Return the editions that came into force most recently, of new monographs and of old ones."""
    return Edition.objects.in_force().for_lists().order_by("-listing__begins", "-pk")[:count]


def letters():
    """Return the letters that something stands under, in order, by one short look into the index for each."""
    now = Edition._meta.get_field("public_from").get_db_prep_value(timezone.now(), connection)
    with connection.cursor() as cursor:
        cursor.execute(_LETTERS, [now, now, now, now])
        return [letter for (letter,) in cursor]


_LETTERS = """
WITH RECURSIVE found(letter) AS (
    SELECT * FROM (
        SELECT letter FROM monographs_listing WHERE begins <= %s AND ends > %s ORDER BY letter LIMIT 1
    ) AS least
    UNION ALL
    SELECT (
        SELECT next.letter FROM monographs_listing AS next
        WHERE next.letter > found.letter AND next.begins <= %s AND next.ends > %s
        ORDER BY next.letter LIMIT 1
    )
    FROM found WHERE found.letter IS NOT NULL
)
SELECT letter FROM found WHERE letter IS NOT NULL
"""


def topics():
    """Return the topics that readers find something under."""
    current = Listing.objects.current().filter(edition=OuterRef("edition"))
    filings = Filing.objects.filter(Exists(current), topic=OuterRef("pk"))
    return Topic.objects.filter(Exists(filings))
