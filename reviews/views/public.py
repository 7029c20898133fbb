"""What everybody may read: approved reviews, and nothing else."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from monographs.former_addresses import follow_former_slug
from monographs.models import Edition
from monographs.public_pages import public_page
from reviews.filters import ReviewFilter
from reviews.models import GroupTally, Review
from reviews.paging import page_of


def edition_or_404(slug):
    """Return the edition in force at this address, with its monograph and tally, but without its text."""
    editions = Edition.objects.in_force().select_related("monograph__tally")
    light = editions.defer(*Edition.HEAVY)
    return get_object_or_404(light, monograph__slug=slug)


@require_safe
@public_page
@follow_former_slug
def review_list(request, slug):
    """All approved reviews of a monograph, twenty on a page, in the order and of the kind that was asked for."""
    edition = edition_or_404(slug)
    groups = list(GroupTally.objects.largest(edition.monograph_id))
    chosen = ReviewFilter(request.GET, groups=groups)
    cursor = request.GET.get("before", "")
    if not chosen.is_valid():
        raise Http404
    reviews = chosen.narrow(Review.objects.approved().filter(monograph=edition.monograph_id))
    try:
        page = page_of(reviews.for_reading(), cursor, chosen.order)
    except ValueError:
        raise Http404 from None
    return render(
        request,
        "reviews/review_list.html",
        {
            "edition": edition,
            "page": page,
            "filter": chosen,
            "is_first": not cursor,
            "groups": [group for group in groups if group.is_enough],
        },
    )


@require_safe
@public_page
def review_page(request, pk):
    """The permalink of an approved review."""
    return render(
        request,
        "reviews/review_page.html",
        {"review": get_object_or_404(Review.objects.approved().for_reading(), pk=pk)},
    )
