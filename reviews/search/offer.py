"""What the search page offers of reviews: the approved ones with all words, newest first."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from monographs.search import Offer
from monographs.search.snippets import Marker
from reviews.models import Review
from reviews.search import indexing

PER_PAGE = 20


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
    keys = indexing.public_with(query, before=before, most=PER_PAGE + 1)
    shown = keys[:PER_PAGE]
    # Looked at once more, since a decision may have come between the two queries; but not in the query, or SQLite
    # reads all that are approved to find these.
    reviews = Review.objects.for_reading().order_by().in_bulk(shown)
    marker = Marker(query)
    return {
        "reviews": [
            Found(reviews[key], marker.snippet(reviews[key].title), marker.snippet(reviews[key].body))
            for key in shown
            if key in reviews and reviews[key].is_public
        ],
        "before": shown[-1] if len(keys) > PER_PAGE else None,
        "is_first": before is None,
    }


OFFER = Offer("reviews", _("Reviews"), "reviews/_search_results.html", find, indexing)
