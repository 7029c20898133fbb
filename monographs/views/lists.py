"""Lists of monographs and topics, and the search."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from monographs.listing import by_letter, topics_with_counts
from monographs.models import Edition, Topic
from monographs.search import MIN_LENGTH, fold, search

MOST_RESULTS = 50


@require_safe
def monograph_list(request):
    """All monographs from A to Z."""
    return render(request, "monographs/monograph_list.html", {"letters": by_letter(Edition.objects.in_force())})


@require_safe
def topic_list(request):
    """All topics that have a monograph, with their number."""
    return render(request, "monographs/topic_list.html", {"topics": topics_with_counts()})


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
