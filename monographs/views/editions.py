"""What readers see of a monograph: the edition in force, its history, and what changed."""

from http import HTTPStatus

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from monographs.changes import compare
from monographs.former_addresses import follow_former_slug
from monographs.models import Edition
from monographs.neighbours import neighbours_of
from monographs.page_cache import may_be_kept, stamp_of
from monographs.page_frame import Gaps
from monographs.public_pages import public_page

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
        response = HttpResponse(stamp.page(lambda: _render_in_force(request, stamp)))
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = REVALIDATE
    may_be_kept(request, stamp, slug)
    return response


def _render_in_force(request, stamp):
    """Return the page as bytes. Its frame is made where none is kept."""
    if frame := stamp.frame():
        return frame.filled(stamp.edition_for_parts())
    edition, gaps = stamp.edition(), Gaps()
    context = {"edition_count": stamp.edition_count, "substantive_since": stamp.substantive_since, "gaps": gaps}
    frame = gaps.frame(_render_edition(request, edition, neighbours=neighbours_of(edition), **context))
    stamp.keep_frame(frame, edition)
    return frame.filled(edition)


def _render_edition(request, edition, **context):
    return render_to_string("monographs/monograph_page.html", {"edition": edition, **context}, request)


def show_withdrawn(request, edition):
    """Show the reason in place of the text; "gone" tells machines to forget it."""
    return render(request, "monographs/withdrawn_page.html", {"edition": edition}, status=HTTPStatus.GONE)


def _public_editions(slug):
    """Return what lists need of the public editions at this address, newest first. Raises Http404 without any."""
    editions = Edition.objects.public().filter(monograph__slug=slug).order_by("-number")
    editions = list(editions.select_related("monograph", "withdrawal").defer(*Edition.HEAVY))
    if not editions:
        raise Http404
    return editions


def _numbered(editions, number):
    """Return the place of the edition with this number. Raises Http404 when there is none."""
    for place, edition in enumerate(editions):
        if edition.number == number:
            return place
    raise Http404


def _in_force(editions):
    return None if editions[0].withdrawn else editions[0]


@require_safe
@public_page
@follow_former_slug
def edition_page(request, slug, number):
    """The permalink of one public edition."""
    editions = _public_editions(slug)
    place = _numbered(editions, number)
    if editions[place].withdrawn:
        return show_withdrawn(request, editions[place])
    in_force = _in_force(editions)
    edition = Edition.objects.with_clinical_review().select_related("listing").get(pk=editions[place].pk)
    return HttpResponse(
        _render_edition(
            request,
            edition,
            edition_count=len(editions),
            substantive_since=next((older.public_from for older in editions[place:] if older.is_substantive), None),
            is_permalink=True,
            is_earlier=place > 0,
            newest_number=in_force and in_force.number,
        )
    )


@require_safe
@public_page
@follow_former_slug
def edition_list(request, slug):
    """The public history of a monograph, newest first."""
    editions = _public_editions(slug)
    return render(
        request,
        "monographs/edition_list.html",
        {
            "monograph": editions[0].monograph,
            "edition": editions[0],
            "in_force": _in_force(editions),
            "editions": editions,
        },
    )


@require_safe
@public_page
@follow_former_slug
def edition_changes(request, slug, number):
    """What a public edition changed against the one before it, or against the public edition that `against` names."""
    editions = _public_editions(slug)
    place = _numbered(editions, number)
    if against := request.GET.get("against"):
        is_number = against.isdecimal() and len(against) < 10
        other = editions[_numbered(editions, int(against) if is_number else None)]
    else:
        other = next((older for older in editions[place + 1 :] if not older.withdrawn), None)
    edition = editions[place]
    for shown in filter(None, (edition, other)):
        if shown.withdrawn:
            return show_withdrawn(request, shown)
    texts = Edition.objects.in_bulk([shown.pk for shown in (edition, other) if shown])
    changes = compare(other and texts[other.pk].contents, texts[edition.pk].contents)
    return render(
        request,
        "monographs/edition_changes.html",
        {"edition": edition, "before": other, "changes": changes, "editions": editions},
    )
