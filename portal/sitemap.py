"""The sitemap: every page that a search engine should know, with the day on which what it says last changed.

From LARGE monographs on it is an index of parts. A part holds the monographs of one range of keys, so that each costs
the same, however many there are. The index says when a part last changed where one of the NEWEST editions is in it.
"""

import hashlib

from django.conf import settings
from django.db import connection
from django.db.models import Max
from django.http import Http404
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.safestring import mark_safe
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from monographs.listing import topics
from monographs.models import Edition, Listing, Monograph

LARGE = 1_000
MOST_PARTS = 50_000
"""The protocol allows no more in one index."""

NEWEST = 200
"""Editions, the last that came into force, from which the index takes the days of its parts."""

SLUG, DAY = "the-slug-of-it", "the-day-of-it"
PAGES = ("front_page", "monographs", "topics", "review_policy", "review_fairness")

as_on_pages = cache_control(public=True, max_age=0, must_revalidate=True)


@require_safe
@as_on_pages
def sitemap(request):
    """The whole sitemap, or the index of its parts."""
    greatest = Monograph.objects.aggregate(greatest=Max("pk"))["greatest"] or 0
    if greatest < LARGE:
        return _answer(request, "portal/sitemap.xml", {"pages": _pages(), "entries": _entries(0)})
    newest = Listing.objects.current().order_by("-begins", "-edition").values_list("edition__monograph", "begins")
    changed = {}
    for monograph_id, day in newest[:NEWEST]:
        changed.setdefault(monograph_id // LARGE, day)
    parts = [(part, changed.get(part)) for part in _parts()]
    return _answer(request, "portal/sitemap_index.xml", {"parts": parts})


@require_safe
@as_on_pages
def sitemap_part(request, part):
    """One part of a large sitemap; the first one also has the pages that are about no single monograph."""
    entries = _entries(part) if part < MOST_PARTS else []
    if not (entries or part == 0):
        raise Http404
    return _answer(request, "portal/sitemap.xml", {"pages": [] if part else _pages(), "entries": entries})


def _parts():
    """Return the numbers of the parts in which readers can see something, by one short look at the editions of each."""
    now = Edition._meta.get_field("public_from").get_db_prep_value(timezone.now(), connection)
    with connection.cursor() as cursor:
        cursor.execute(_PARTS, [-LARGE, LARGE, LARGE, now, now, MOST_PARTS])
        return [monograph_id // LARGE for (monograph_id,) in cursor]


_PARTS = """
WITH RECURSIVE found(monograph_id) AS (
    SELECT CAST(%s AS bigint)
    UNION ALL
    SELECT (
        SELECT edition.monograph_id FROM monographs_edition AS edition
        JOIN monographs_listing AS listing ON listing.edition_id = edition.id
        WHERE edition.monograph_id >= (found.monograph_id / %s + 1) * %s AND listing.begins <= %s AND listing.ends > %s
        ORDER BY edition.monograph_id LIMIT 1
    )
    FROM found WHERE found.monograph_id IS NOT NULL
)
SELECT monograph_id FROM found WHERE monograph_id >= 0 LIMIT %s
"""


def _pages():
    return [*map(reverse, PAGES), *(topic.get_absolute_url() for topic in topics()[:LARGE])]


def _entries(part):
    """Return the lines of the monographs in a range of keys that readers can see now."""
    in_range = {"monograph_id__gte": part * LARGE, "monograph_id__lt": (part + 1) * LARGE}
    editions = Edition.objects.in_force().filter(**in_range)
    if settings.NOINDEX_UNTIL_SIGNED:
        editions = editions.filter(standing__signature__isnull=False)
    rows = editions.order_by("monograph_id").values_list("monograph__slug", "public_from", "standing__checked_at")
    entry = _entry()
    # A slug has letters, digits and hyphens only, and so needs no escaping.
    return [
        mark_safe(entry.replace(SLUG, slug).replace(DAY, timezone.localtime(max(filter(None, times))).isoformat()))
        for slug, *times in rows
    ]


def _entry():
    """Return the lines of a monograph with SLUG and DAY in place of its own: made once, since there are many."""
    return render_to_string("portal/_sitemap_entry.xml", {"slug": SLUG, "day": DAY, "site_url": settings.SITE_URL})


def _answer(request, template, context):
    response = render(request, template, context, content_type="application/xml")
    response.headers["ETag"] = tag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    return get_conditional_response(request, etag=tag, response=response)
