"""What readers see of a monograph: the edition in force, its history, and what changed."""

from http import HTTPStatus

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from monographs.changes import compare
from monographs.few import first_of
from monographs.former_addresses import follow_former_slug
from monographs.history import MOST_OFFERED, newest_of, number_in, numbered, page_of, public_editions
from monographs.models import Edition
from monographs.page_cache import may_be_kept, stamp_of
from monographs.page_frame import render_page
from monographs.public_pages import public_page
from monographs.timeline import timeline

REVALIDATE = "public, max-age=0, must-revalidate"


@require_safe
@follow_former_slug
def monograph_page(request, slug):
    """The product-style page: the edition in force, and below it what other apps show."""
    stamp = stamp_of(slug)
    if stamp is None:
        raise Http404
    if stamp.is_withdrawn:
        return show_withdrawn(request, stamp.edition())
    etag = quote_etag(stamp.key)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(stamp.page(lambda: _page_in_force(stamp)))
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = REVALIDATE
    may_be_kept(request, stamp, slug)
    return response


def _page_in_force(stamp):
    """Return the page as bytes, from the frame that was stored at its publication or from one made now."""
    if stored := stamp.stored_frame():
        frame, edition = stored
    else:
        edition = stamp.edition()
        frame = stamp.make_frame(edition)
    return frame.filled(edition)


def show_withdrawn(request, edition):
    """Show the reason in place of the text; "gone" tells machines to forget it."""
    return render(request, "monographs/withdrawn_page.html", {"edition": edition}, status=HTTPStatus.GONE)


@require_safe
@public_page
@follow_former_slug
def edition_page(request, slug, number):
    """The permalink of one public edition."""
    found = Edition.objects.public().with_clinical_review().select_related("withdrawal", "listing").with_history()
    edition = get_object_or_404(found, monograph__slug=slug, number=number)
    if edition.withdrawn:
        return show_withdrawn(request, edition)
    newest = newest_of(slug)
    return HttpResponse(
        render_page(
            edition,
            request,
            edition_count=edition.edition_count,
            substantive_since=edition.substantive_since,
            is_permalink=True,
            is_earlier=newest != edition,
            newest_number=None if newest.withdrawn else newest.number,
        )
    )


@require_safe
@public_page
@follow_former_slug
def edition_list(request, slug):
    """The public history of a monograph, newest first, a page at a time."""
    newest = newest_of(slug)
    is_first = "after" not in request.GET
    page = page_of(slug, None if is_first else number_in(request.GET["after"]) or 0)
    return render(
        request,
        "monographs/edition_list.html",
        {
            "monograph": newest.monograph,
            "edition": newest,
            "in_force": None if newest.withdrawn else newest,
            "editions": page.editions,
            "line": timeline(page.editions, until=timezone.now() if is_first else None),
            "after": page.after,
            "is_first": is_first,
        },
    )


@require_safe
@public_page
@follow_former_slug
def edition_changes(request, slug, number):
    """What a public edition changed against the one before it, or against the public edition that `against` names."""
    edition = numbered(slug, number)
    if against := request.GET.get("against"):
        other = numbered(slug, number_in(against))
    else:
        other = public_editions(slug).defer(None).filter(number__lt=number, withdrawal=None).first()
    for shown in filter(None, (edition, other)):
        if shown.withdrawn:
            return show_withdrawn(request, shown)
    changes = compare(other and other.contents, edition.contents)
    editions = first_of(public_editions(slug), MOST_OFFERED)
    return render(
        request,
        "monographs/edition_changes.html",
        {"edition": edition, "before": other, "changes": changes, "editions": editions},
    )
