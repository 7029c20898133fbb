"""Lists of monographs and topics."""

from itertools import groupby

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from monographs.listing import a_to_z, last_changed, letters, newest_monographs, topics, under_topic
from monographs.models import Listing, Topic
from monographs.public_pages import public_page

OTHER_ORDERS = {"new": newest_monographs, "changed": last_changed}


@require_safe
@public_page
def monograph_list(request):
    """Monographs from A to Z, all or those under `letter`; or by `show` the new or the changed ones."""
    if (show := request.GET.get("show")) is not None:
        return _in_other_order(request, show)
    letter = request.GET.get("letter", "")
    if "\x00" in letter:
        raise Http404
    page = _page_or_404(lambda after: a_to_z(letter, after), request.GET.get("after"))
    if letter and not page.editions:
        raise Http404
    shelves = groupby(page.editions, key=lambda edition: edition.listing.letter)
    return render(
        request,
        "monographs/monograph_list.html",
        {
            "letters": letters(),
            "letter": letter,
            "shelves": [(name, list(editions)) for name, editions in shelves],
            "after": page.after,
            "is_first": "after" not in request.GET,
        },
    )


def _in_other_order(request, show):
    if show not in OTHER_ORDERS:
        raise Http404
    return render(
        request, "monographs/monograph_recent.html", {"editions": OTHER_ORDERS[show](), "is_new": show == "new"}
    )


def _page_or_404(page_after, cursor):
    """Return the page that begins after a cursor. Raises Http404 for one that was made up."""
    try:
        return page_after(None if cursor is None else int(cursor))
    except (ValueError, OverflowError, Listing.DoesNotExist):
        raise Http404 from None


@require_safe
@public_page
def topic_list(request):
    """All topics that have a monograph."""
    return render(request, "monographs/topic_list.html", {"topics": topics()})


@require_safe
@public_page
def topic_page(request, slug):
    """The monographs under one topic, a page at a time."""
    topic = get_object_or_404(Topic, slug=slug)
    page = _page_or_404(lambda after: under_topic(topic, after), request.GET.get("after"))
    context = {"topic": topic, "editions": page.editions, "after": page.after, "is_first": "after" not in request.GET}
    return render(request, "monographs/topic_page.html", context)
