"""Atom feeds (RFC 4287) of editions: what was published or withdrawn, with the note of what changed.

What is scheduled is not in them, and of a withdrawn edition they tell the reason alone. Ids are tag URIs (RFC 4151),
which stay when a monograph moves to another address.
"""

import hashlib
from datetime import UTC, datetime

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from monographs.addresses import absolute, tag_uri
from monographs.for_machines import for_machines
from monographs.former_addresses import follow_former_slug
from monographs.models import Edition
from monographs.one_line import one_line

MOST = 50
FIELDS = ("number", "title", "note", "public_from", "monograph__slug", "monograph__created_at", "withdrawal")

as_on_pages = cache_control(public=True, max_age=0, must_revalidate=True)


@for_machines
@as_on_pages
def all_editions(request):
    """The newest editions and withdrawals of all monographs."""
    feed = _Feed(
        title=_("New editions at %(site)s") % {"site": settings.SITE_NAME},
        page=reverse("front_page"),
        address=reverse("feed"),
    )
    return feed.answer(request, _newest(Edition.objects.all()))


@for_machines
@as_on_pages
@follow_former_slug
def editions_of(request, slug):
    """The newest editions and withdrawals of one monograph."""
    editions = _newest(Edition.objects.filter(monograph__slug=slug))
    if not editions:
        raise Http404
    monograph = editions[0].monograph
    feed = _Feed(
        title=_("Editions of %(title)s") % {"title": one_line(editions[0].title)},
        page=monograph.get_absolute_url(),
        address=reverse("monograph_feed", args=[slug]),
        feed_id=tag_uri(monograph.created_at, f"monographs/{monograph.pk}"),
    )
    return feed.answer(request, editions)


def _newest(editions):
    """Return the public editions that were published or withdrawn last, the last first."""
    public = editions.public().select_related("monograph", "withdrawal").only(*FIELDS)
    published = public.order_by("-public_from", "-pk")[:MOST]
    withdrawn = public.filter(withdrawal__isnull=False).order_by("-withdrawal__at", "-pk")[:MOST]
    found = {edition.pk: edition for edition in (*published, *withdrawn)}
    return sorted(found.values(), key=lambda edition: (_updated(edition), edition.pk), reverse=True)[:MOST]


def _updated(edition):
    return edition.withdrawal.at if edition.withdrawn else edition.public_from


class _Feed:
    """One feed; `feed_id` is needed where the address may change."""

    def __init__(self, *, title, page, address, feed_id=None):
        self.feed = Atom1Feed(
            title=title,
            link=absolute(page),
            description=None,
            feed_url=absolute(address),
            feed_guid=feed_id or absolute(address),
            author_name=settings.SITE_NAME,
            author_link=absolute("/"),
            language=settings.LANGUAGE_CODE,
        )

    def answer(self, request, editions):
        """Return the response, which is empty for a reader who has seen all of it."""
        for edition in editions:
            self._add(edition)
        # Without any entry the feed has no time of its own, and the clock's would make it new with each request.
        latest = _updated(editions[0]) if editions else datetime(2000, 1, 1, tzinfo=UTC)
        self.feed.latest_post_date = lambda: latest
        text = self.feed.writeString("utf-8")
        tag = quote_etag(hashlib.sha256(text.encode()).hexdigest()[:32])
        modified = int(latest.timestamp())
        response = HttpResponse(
            text,
            content_type=self.feed.content_type,
            headers={"ETag": tag, "Last-Modified": http_date(modified)},
        )
        return get_conditional_response(request, etag=tag, last_modified=modified, response=response)

    def _add(self, edition):
        names = {"title": one_line(edition.title), "number": edition.number}
        title = _("%(title)s, edition %(number)d") % names
        note = edition.note
        page = edition.get_absolute_url()
        changes = reverse("edition_changes", args=[edition.monograph.slug, edition.number])
        link = format_html('<p><a href="{}">{}</a></p>', absolute(changes), _("What it changed, word by word"))
        if edition.withdrawn:
            title = _("%(title)s, edition %(number)d: withdrawn") % names
            note, link = edition.withdrawal.reason, ""
        self.feed.add_item(
            title=title,
            link=absolute(page),
            description=format_html("<p>{}</p>{}", one_line(note), link),
            unique_id=tag_uri(edition.public_from, f"monographs/{edition.monograph_id}/editions/{edition.number}"),
            pubdate=edition.public_from,
            updateddate=_updated(edition),
        )
