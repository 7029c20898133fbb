"""The public pages of monographs, editions and topics, and the search."""

from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from monographs.changes import compare
from monographs.listing import by_letter
from monographs.models import Edition, Monograph, Topic
from monographs.page_cache import may_be_kept, stamp_of
from monographs.search import MIN_LENGTH, fold, search

MOST_RESULTS = 50
REVALIDATE = "public, max-age=0, must-revalidate"


@require_safe
def monograph_page(request, slug):
    """The product-style page: the edition in force, and below it what other apps show."""
    stamp = stamp_of(slug)
    if stamp is None:
        raise Http404
    etag = quote_etag(stamp.key)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        page = stamp.page(lambda: _render_edition(request, stamp.edition(), edition_count=stamp.edition_count).encode())
        response = HttpResponse(page)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = REVALIDATE
    may_be_kept(request, until=stamp.until)
    return response


def _render_edition(request, edition, **context):
    return render_to_string("monographs/monograph_page.html", {"edition": edition, **context}, request)


@require_safe
def edition_page(request, slug, number):
    """The permalink of one public edition."""
    editions = list(Edition.objects.public().filter(monograph__slug=slug).order_by("-number").values_list("number"))
    if (number,) not in editions:
        raise Http404
    edition = Edition.objects.select_related("monograph").get(monograph__slug=slug, number=number)
    newest = editions[0][0]
    return HttpResponse(
        _render_edition(
            request,
            edition,
            edition_count=len(editions),
            is_permalink=True,
            newest_number=newest if newest != number else None,
        )
    )


@require_safe
def edition_list(request, slug):
    """The public history of a monograph, newest first."""
    monograph = get_object_or_404(Monograph, slug=slug)
    editions = list(monograph.editions.public().for_lists().order_by("-number"))
    if not editions:
        raise Http404
    return render(
        request,
        "monographs/edition_list.html",
        {"monograph": monograph, "edition": editions[0], "editions": editions},
    )


@require_safe
def edition_changes(request, slug, number):
    """What one public edition changed against the public one before it."""
    editions = Edition.objects.public().select_related("monograph").filter(monograph__slug=slug, number__lte=number)
    edition, *before = editions.order_by("-number")[:2] or [None]
    if edition is None or edition.number != number:
        raise Http404
    before = before[0] if before else None
    changes = compare(before and before.contents, edition.contents)
    return render(
        request, "monographs/edition_changes.html", {"edition": edition, "before": before, "changes": changes}
    )


@require_safe
def monograph_list(request):
    """All monographs from A to Z."""
    return render(request, "monographs/monograph_list.html", {"letters": by_letter(Edition.objects.in_force())})


@require_safe
def topic_list(request):
    """All topics that have a monograph, with their number."""
    return render(request, "monographs/topic_list.html", {"topics": topics_with_counts()})


def topics_with_counts():
    """Return the topics that readers find something under, each with `count`, the number of its monographs."""
    in_force = Edition.objects.in_force().values("pk")
    return Topic.objects.annotate(count=Count("editions", filter=Q(editions__in=in_force))).filter(count__gt=0)


@require_safe
def topic_page(request, slug):
    """The monographs under one topic."""
    topic = get_object_or_404(Topic, slug=slug)
    editions = Edition.objects.in_force().filter(filed_under=topic).for_lists().order_by("title")
    return render(request, "monographs/topic_page.html", {"topic": topic, "editions": editions})


@require_safe
def search_page(request):
    """Monographs that contain every word of `q`."""
    query = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    is_too_short = len(fold(query)) < MIN_LENGTH
    results = [] if is_too_short else list(search(query).for_lists()[: MOST_RESULTS + 1])
    return render(
        request,
        "monographs/search_page.html",
        {
            "query": query,
            "results": results[:MOST_RESULTS],
            "has_more": len(results) > MOST_RESULTS,
            "is_too_short": is_too_short,
        },
    )
