"""What the search page offers of reviews: the approved ones with all words, newest first."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from monographs.search import Offer
from monographs.search.snippets import Marker
from reviews.models import Review
from reviews.search import indexing

PER_PAGE = 20
APPROVED = "JOIN reviews_review AS review ON review.id = host.review_id AND review.status = %s"


@dataclass(frozen=True)
class Found:
    """An approved review that was found: its title and a stretch of its text, with the words marked."""

    review: Review
    title: str
    snippet: str


def find(query, parameters):
    """Return what the page shows: `reviews`, and `before`, the cursor of the next page or None."""
    before = parameters.get("before", "")
    before = int(before) if before.isascii() and before.isdigit() and len(before) <= 18 else None
    keys = indexing.words().newest(
        query.in_text, before=before, most=PER_PAGE + 1, join=APPROVED, parameters=[Review.Status.APPROVED]
    )
    shown = keys[:PER_PAGE]
    # Looked up among the approved ones once more: a decision may have come between the two queries.
    reviews = Review.objects.approved().for_reading().order_by().in_bulk(shown)
    marker = Marker(query)
    return {
        "reviews": [
            Found(reviews[key], marker.snippet(reviews[key].title), marker.snippet(reviews[key].body))
            for key in shown
            if key in reviews
        ],
        "before": shown[-1] if len(keys) > PER_PAGE else None,
        "is_first": before is None,
    }


OFFER = Offer("reviews", _("Reviews"), "reviews/_search_results.html", find, indexing)
