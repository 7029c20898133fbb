"""Reviews in the words of schema.org, for pages that show them, and never more than a page shows."""

from django.utils import timezone

from monographs.addresses import absolute, address_of
from monographs.linked_data import medicine_id, script


def reviews_script(edition, tally, reviews):
    """Return what a monograph's page says of its reviews; the average only where the page shows it."""
    data = {
        "@type": "Drug",
        "@id": medicine_id(edition.monograph.slug),
        "name": edition.title,
        "review": [_review(review) for review in reviews],
    }
    if (average := tally.average) is not None:
        data["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": round(average, 1),
            "reviewCount": tally.count,
            "bestRating": 5,
            "worstRating": 1,
        }
    return script(data)


def review_script(review):
    """Return what the page of one review says of it, with its text."""
    medicine = {"@type": "Drug", "@id": medicine_id(review.monograph_slug), "name": review.edition_title}
    return script({**_review(review), "reviewBody": review.body, "itemReviewed": medicine})


def _review(review):
    return {
        "@type": "Review",
        "url": absolute(address_of("review", review.pk)),
        "name": review.title,
        "author": {"@type": "Person", "name": review.author_name},
        "datePublished": timezone.localdate(review.submitted_at).isoformat(),
        "reviewRating": {"@type": "Rating", "ratingValue": review.rating, "bestRating": 5, "worstRating": 1},
    }
