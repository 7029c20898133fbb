"""The topics under which monographs stand."""

from typing import Annotated

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Path, Query, Router

from monographs.addresses import absolute
from monographs.listing import topics as topics_with_something
from portal.api.paging import Limit, NoSuchPlace, page
from portal.api.schemas import Page, TopicItem

router = Router(tags=["Topics"])

SLUG = "^[-a-zA-Z0-9_]+$"


@router.get("/topics", response=Page[TopicItem], url_name="topics", summary="Topics from A to Z")
def topics(
    request,
    response: HttpResponse,
    limit: Limit = 50,
    after: Annotated[
        str | None, Query(pattern=SLUG, max_length=80, description="Where a page begins; see `next`.")
    ] = None,
):
    """The topics that readers find something under."""
    found = topics_with_something().order_by("name")
    if after:
        last = found.filter(slug=after).first()
        if last is None:
            raise NoSuchPlace
        found = found.filter(name__gt=last.name)
    found = list(found[: limit + 1])
    following = found[limit - 1].slug if len(found) > limit else None
    return page(request, response, [_item(topic) for topic in found[:limit]], after=following)


@router.get("/topics/{slug:slug}", response=TopicItem, url_name="topic", summary="One topic")
def topic(request, slug: Annotated[str, Path(pattern=SLUG, max_length=80, description="The topic's slug.")]):
    """One topic; `monographs_url` leads to its monographs."""
    return _item(get_object_or_404(topics_with_something(), slug=slug))


def _item(topic):
    return {
        "slug": topic.slug,
        "name": topic.name,
        "description": topic.description,
        "url": absolute(topic.get_absolute_url()),
        "monographs_url": absolute(f"{reverse('api:monographs')}?topic={topic.slug}"),
    }
