"""The search."""

from typing import Annotated

from django.http import HttpResponse
from ninja import Query, Router

from monographs import search as monograph_search
from monographs.search.results import MOST_PAGES, Results
from portal.api.paging import page
from portal.api.schemas import Found
from portal.api.summaries import items_of, section_url

router = Router(tags=["Search"])


@router.get("/search", response=Found, url_name="search", summary="Search monographs")
def search(
    request,
    response: HttpResponse,
    q: Annotated[str, Query(max_length=200, description="Words in names, codes, headings and texts.")],
    number: Annotated[int, Query(alias="page", ge=1, le=MOST_PAGES, description="Which page; see `next`.")] = 1,
):
    """What the search page finds, the best first. Nothing is found for less than two letters."""
    query = monograph_search.Query.read(q)
    found = Results(query) if query.is_too_short else monograph_search.search(query, page=number)
    items = items_of([result.edition for result in found.results])
    hits = [_found(item, result) for item, result in zip(items, found.results, strict=True)]
    return {
        **page(request, response, hits, page=found.next_page),
        "query": found.query.text,
        "instead_of": found.instead_of or None,
        "suggestion": found.suggestion or None,
        "count": found.count,
    }


def _found(item, result):
    sections = [
        {
            "anchor": hit.anchor,
            "heading": hit.heading,
            "url": section_url(result.edition, hit.anchor),
            "excerpt": hit.snippet,
        }
        for hit in result.hits
    ]
    return {"monograph": item, "excerpt": result.excerpt, "sections": sections}
