"""Reviews by readers: those that a moderator approved, with what the public may read of them."""

from typing import Annotated, Literal

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router

from monographs.addresses import absolute
from monographs.former_addresses import follow_former_slug
from portal.api.monographs import Slug
from portal.api.paging import NoSuchPlace, page
from portal.api.schemas import Page, Review
from reviews.models import Review as StoredReview
from reviews.paging import Order, page_of
from reviews.views.public import edition_or_404

router = Router(tags=["Reviews"])

Before = Annotated[
    str, Query(pattern=r"^(([0-9]{1,9}-)?[0-9]{1,18}-[0-9]{1,18})?$", description="Where a page begins; see `next`.")
]
COPIED = (
    *("rating", "title", "body", "author_name", "perspective", "reason_for_use", "form_taken", "duration"),
    *("is_outdated", "submitted_at"),
)


@router.get(
    "/monographs/{slug:slug}/reviews", response=Page[Review], url_name="reviews", summary="Reviews of a monograph"
)
@follow_former_slug
def reviews(
    request,
    slug: Slug,
    response: HttpResponse,
    stars: Annotated[int | None, Query(ge=1, le=5, description="Only reviews with so many stars.")] = None,
    perspective: Annotated[
        Literal[*StoredReview.Perspective.values] | None, Query(description="Only reviews of one kind of writer.")
    ] = None,
    sort: Annotated[
        Literal[*Order.values], Query(description="The order; within each, the newest come first.")
    ] = Order.NEWEST.value,
    before: Before = "",
):
    """The approved reviews of a monograph whose edition in force readers can see, twenty on a page."""
    edition = edition_or_404(slug)
    asked = {name: value for name, value in (("rating", stars), ("perspective", perspective)) if value}
    found = StoredReview.objects.approved().filter(monograph=edition.monograph_id, **asked)
    return _page(request, response, found, before, Order(sort).among(stars))


@router.get("/reviews", response=Page[Review], url_name="all_reviews", summary="Reviews of all monographs")
def all_reviews(request, response: HttpResponse, before: Before = ""):
    """All approved reviews, the newest first, twenty on a page."""
    return _page(request, response, StoredReview.objects.approved(), before, Order.NEWEST)


@router.get("/reviews/{int:pk}", response=Review, url_name="review", summary="One review")
def review(request, pk: Annotated[int, Path(ge=1, le=2**63 - 1, description="The review's number.")]):
    """One approved review; any other is missing."""
    return _item(get_object_or_404(StoredReview.objects.approved().for_reading(), pk=pk))


def _page(request, response, reviews, before, order):
    try:
        shown = page_of(reviews.for_reading(), before, order)
    except ValueError:
        raise NoSuchPlace from None
    return page(request, response, [_item(review) for review in shown.reviews], before=shown.next_cursor or None)


def _item(review):
    return {
        **{name: getattr(review, name) for name in COPIED},
        "id": review.pk,
        "url": absolute(review.get_absolute_url()),
        "monograph": review.monograph_slug,
        "edition": review.edition_number,
        "experienced_on": review.experienced_on and f"{review.experienced_on:%Y-%m}",
    }
