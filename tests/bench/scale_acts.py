"""What scale.py times on a site: every kind of public page, the staff's pages, and what changes a review."""

from django.contrib.auth.models import User
from django.test import Client

from monographs.models import Listing, Monograph
from reviews.models import Card, Review
from reviews.paging import Order, cursor_after
from tests.bench.scale_authors import authors_acts, confirmed, network, new_review

DESK = "/admin/reviews/desk/"
LISTS = "reviews/review reviews/decision reviews/reply monographs/monograph monographs/edition monographs/correction"
LISTS += " monographs/picture monographs/topic portal/login auth/user"
NARROWED = (
    "reviews/review/?status__exact=approved",
    "reviews/review/?findings=yes",
    "reviews/review/?p=10",
    "reviews/review/?q=strange",
    "reviews/review/?q=xqzwvj",
    "reviews/decision/?verdict__exact=rejected",
    "reviews/decision/?reason__exact=copied",
    "reviews/decision/?q=strange",
    "reviews/decision/rules/",
    "monographs/monograph/?review=overdue",
    "monographs/monograph/?q=in",
    "monographs/monograph/?q=xqzwvj",
    "monographs/monograph/?p=1",
    "monographs/edition/?state=public",
    "monographs/edition/?state=scheduled",
    "monographs/edition/?q=in",
    "monographs/edition/?q=xqzwvj",
)


def pages():
    """Yield (name, address) of every kind of public page."""
    first = Monograph.objects.order_by("pk").first()
    other = Monograph.objects.order_by("pk")[Monograph.objects.count() // 3]
    page = f"/monographs/{first.slug}/"
    middle = Listing.objects.current().order_by("sort_title", "edition")
    middle = middle[middle.count() // 2].pk
    yield from {
        "front page": "/",
        "A to Z": "/monographs/",
        "A to Z, deep": f"/monographs/?after={middle}",
        "under a letter": f"/monographs/?letter={first.title[0]}",
        "new monographs": "/monographs/?show=new",
        "changed monographs": "/monographs/?show=changed",
        "topics": "/topics/",
        "topic": "/topics/sleep/",
        "monograph with most reviews": page,
        "another monograph": f"/monographs/{other.slug}/",
        "history": f"{page}editions/",
        "edition": f"{page}editions/1/",
        "changes": f"{page}editions/2/changes/",
        "citations": f"{page}editions/1/cite/",
        "as JSON": f"/monographs/{first.slug}.json",
        "as FHIR": f"/monographs/{first.slug}.fhir.json",
        "feed": "/feeds/editions.atom",
        "feed of a monograph": f"{page}editions.atom",
        "sitemap": "/sitemap.xml",
        "sitemap, a part": "/sitemap-0.xml",
        "one review": f"/reviews/{first.reviews.approved().last().pk}/",
        "form for a review": f"{page}reviews/new/",
        "policy": "/reviews/policy/",
        "fairness": "/reviews/fairness/",
        "fairness as CSV": "/reviews/fairness.csv",
        "search": f"/search/?q={first.title.split()[0]}",
        "search, common word": "/search/?q=pain",
        "search, two words": "/search/?q=tablet+sleep",
        "search, unknown word": "/search/?q=xqzwvj",
        "search of reviews": "/search/?in=reviews&q=night",
        "search of reviews, unknown word": "/search/?in=reviews&q=xqzwvj",
        "suggestions": f"/search/suggest/?q={first.title[:3]}",
        "API monographs": "/api/v1/monographs",
        "API monographs, deep": f"/api/v1/monographs?after={middle}",
        "API monographs of a topic": "/api/v1/monographs?topic=sleep",
        "API monograph": f"/api/v1/monographs/{first.slug}",
        "API editions": f"/api/v1/monographs/{first.slug}/editions",
        "API topics": "/api/v1/topics",
        "API reviews": "/api/v1/reviews",
        "API search": "/api/v1/search?q=pain",
        "metrics": "/metrics",
        "readiness": "/readyz",
    }.items()
    reviews = Review.objects.approved()
    yield "API reviews, deep", f"/api/v1/reviews?before={_middle(reviews, Order.NEWEST)}"
    narrowed = {"": {}, "&stars=3": {"rating": 3}, "&perspective=carer": {"perspective": "carer"}}
    narrowed |= {"&reason=pain": {"reason_key": "pain"}, "&form=tablet": {"form_taken_key": "tablet"}}
    for order in Order:
        for query, asked in narrowed.items():
            address = f"{page}reviews/?sort={order}{query}"
            cursor = _middle(reviews.filter(monograph=first, **asked), order.among(asked.get("rating")))
            yield f"reviews {order}{query}", address
            yield f"reviews {order}{query}, deep", f"{address}&before={cursor}"
            if not query:
                api = f"/api/v1/monographs/{first.slug}/reviews?sort={order}"
                yield f"API reviews {order}, deep", f"{api}&before={cursor}"


def _middle(reviews, order):
    """Return the cursor by which a page begins in the middle of reviews."""
    ordering = [order.lead] if order.lead else []
    reviews = reviews.order_by(*ordering, "-submitted_at", "-pk")
    return cursor_after(reviews[max(0, reviews.count() // 2 - 11)], order.lead)


def acts():
    """Return everything that is timed, by name; what gets a page returns its length."""
    public, staff = Client(headers={"authorization": "Bearer measuring-measuring-measuring"}), Client()
    moderator, _is_new = User.objects.get_or_create(username="bench", is_staff=True, is_superuser=True)
    staff.force_login(moderator)
    named = {name: _get(public, address) for name, address in pages()}
    named["author's page"] = _get(public, Review.objects.filter(status="rejected").last().get_author_url())
    waiting = Card.objects.filter(place=Card.Place.WAITING).in_order()
    named["desk"] = _get(staff, f"{DESK}{waiting[0].pk}/")
    named["desk, middle of the queue"] = _get(staff, f"{DESK}{waiting[waiting.count() // 2].pk}/")
    named["desk, sales messages"] = _get(staff, f"{DESK}several/")
    named["admin's front page"] = _get(staff, "/admin/")
    for address in [f"{model}/" for model in LISTS.split()] + list(NARROWED):
        named[f"admin {address}"] = _get(staff, f"/admin/{address}")
    review = Review.objects.filter(status="approved").last()
    named["admin, one review"] = _get(staff, f"/admin/reviews/review/{review.pk}/change/")
    named["admin, log of a review"] = _get(staff, f"/admin/reviews/review/{review.pk}/history/")
    named["admin, one monograph"] = _get(staff, f"/admin/monographs/monograph/{review.monograph_id}/change/")
    return named | _writing(moderator, staff)


def _writing(moderator, staff):
    """Return what changes a site. Of a pair, the first is done before the clock runs."""
    monograph = Monograph.objects.order_by("pk").first()
    edition = monograph.edition_in_force
    approved = Review.objects.approved().filter(monograph=monograph).order_by("-pk")
    voted, *reported = approved[:200]
    reported, waiting = iter(reported), []

    def send():
        waiting.append(new_review(edition))

    return {
        "send a review": send,
        "approve": (send, lambda: waiting.pop().approve(by=moderator)),
        "approve one with an address": (
            lambda: waiting.append(confirmed(edition)),
            lambda: waiting.pop().approve(by=moderator),
        ),
        "desk, one with an address": (
            lambda: waiting.append(confirmed(edition)),
            lambda: _get(staff, f"{DESK}{waiting.pop().pk}/")(),
        ),
        "reject": (send, lambda: waiting.pop().reject(by=moderator, reason="copied")),
        "vote": lambda: voted.vote(address=network()),
        "report": lambda: next(reported).flag(reason="other", address=network()),
    } | authors_acts(monograph)


def _get(client, address):
    def get():
        response = client.get(address)
        assert response.status_code == 200, (address, response.status_code, response.content[:500])
        return len(response.content)

    return get
