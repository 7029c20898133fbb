"""Monographs in order: A to Z, under a topic, new, changed. A page costs the same however many there are."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Exists, FilteredRelation, OuterRef, Q, Subquery
from django.utils import timezone

from monographs.few import first_of
from monographs.models import Edition, Filing, Listing, Topic

PER_PAGE = 100
PER_TOPIC_PAGE = 24
LATEST = 30


@dataclass(frozen=True)
class Page:
    """Some editions of a list, in its order; `after` is the cursor of the next page, or None on the last."""

    editions: list[Edition]
    after: int | None


def a_to_z(letter="", after=None, *, size=None):
    """Return the Page of all monographs, or of those under a letter, that begins after the edition with this key.

    Raises Listing.DoesNotExist for a cursor that was made up.
    """
    return _page(Edition.objects.in_force(), "listing", letter, after, size or PER_PAGE)


def under_topic(topic, after=None, *, letter="", size=None):
    """Return the Page of the monographs under a topic, like `a_to_z`."""
    shelf = FilteredRelation("filings", condition=Q(filings__topic=topic))
    return _page(Edition.objects.in_force().annotate(shelf=shelf), "shelf", letter, after, size or PER_TOPIC_PAGE)


def _page(editions, row, letter, after, size):
    """Return the page after a cursor, in the order of the titles in `row`, which is a relation of editions."""
    title, key = f"{row}__sort_title", f"{row}__edition_id"
    wanted = Q(**{f"{row}__isnull": False})
    if letter:
        wanted &= Q(listing__letter=letter)
    if after is not None:
        place = Listing.objects.get(edition=after)
        # The second condition says nothing new, but lets the database start reading its index at the right place.
        wanted &= Q(**{f"{title}__gt": place.sort_title}) | Q(**{f"{key}__gt": after})
        wanted &= Q(**{f"{title}__gte": place.sort_title})
    # All in one call, or each condition on a topic's shelf would join that anew.
    found = first_of(editions.filter(wanted).for_lists().order_by(title, key), size)
    return Page(found.rows, found.rows[-1].pk if found.has_more else None)


def newest_monographs():
    """Return the editions in force of the monographs that readers saw first most recently."""
    return Edition.objects.in_force().for_lists().order_by("-listing__since", "-listing__edition_id")[:LATEST]


def last_changed():
    """Return the editions in force of the monographs that changed most recently, with `changed_at`."""
    editions = Edition.objects.in_force().filter(listing__changed_at__lte=timezone.now())
    return editions.for_lists().order_by("-listing__changed_at", "-listing__edition_id")[:LATEST]


def latest_editions(count):
    """Return the editions that came into force most recently, of new monographs and of old ones."""
    return Edition.objects.in_force().for_lists().order_by("-listing__begins", "-listing__edition_id")[:count]


def letters():
    """Return the letters that something stands under, in order, by one short look into the index for each."""
    now = Edition._meta.get_field("public_from").get_db_prep_value(timezone.now(), connection)
    with connection.cursor() as cursor:
        cursor.execute(_LETTERS, [now, now])
        return [letter for (letter,) in cursor]


_LETTERS = """
WITH RECURSIVE found(letter) AS (
    SELECT CAST('' AS varchar(4))
    UNION ALL
    SELECT (
        SELECT next.letter FROM monographs_listing AS next
        WHERE next.letter > found.letter AND next.begins <= %s AND next.ends > %s
        ORDER BY next.letter LIMIT 1
    )
    FROM found WHERE found.letter IS NOT NULL
)
SELECT letter FROM found WHERE letter <> ''
"""


def topics():
    """Return the topics that readers find something under, by one short look at what is filed under each."""
    current = Listing.objects.current().filter(edition=OuterRef("edition"))
    filings = Filing.objects.filter(Exists(current), topic=OuterRef("pk"))
    # If it only asked whether there is one, PostgreSQL would read what is filed under all topics.
    return Topic.objects.alias(filing=Subquery(filings.values("pk")[:1])).filter(filing__isnull=False)
