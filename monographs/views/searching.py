"""The search, what it suggests while somebody types, and how browsers learn of both."""

from django.conf import settings
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from monographs import search
from monographs.listing import topics
from monographs.public_pages import public_page


@require_safe
@public_page
def search_page(request):
    """What is found for `q`: monographs, or what another app offers by the name `in`."""
    query = search.Query.read(request.GET.get("q", ""))
    offer = search.offered(request.GET.get("in", ""))
    context = {"query": query, "offer": offer, "offers": search.offers(), "topics": topics()}
    if not query.is_too_short:
        context |= offer.find(query, request.GET)
    return render(request, "monographs/search_page.html", context)


@require_safe
@public_page
def search_suggest(request):
    """Names that begin with `q`, in the form of OpenSearch suggestions: typed text, names, notes, addresses."""
    query = search.Query.read(request.GET.get("q", ""))
    found = [] if query.is_too_short else search.suggest(query)
    answer = [
        query.text,
        [suggestion.name for suggestion in found],
        ["" if suggestion.is_title else suggestion.edition.title for suggestion in found],
        [settings.SITE_URL + reverse("monograph", args=[suggestion.edition.monograph.slug]) for suggestion in found],
    ]
    return JsonResponse(answer, safe=False, content_type="application/x-suggestions+json")


@require_safe
@cache_control(public=True, max_age=86400)
def opensearch(request):
    """The OpenSearch description, by which browsers add this site to their search bar."""
    return render(request, "monographs/opensearch.xml", content_type="application/opensearchdescription+xml")
