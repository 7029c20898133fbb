"""Every public address is walked after every transition: no word that is not approved stands in any answer."""

import html
import re
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import get_resolver

from reviews.models import Review
from tests.factories import make_published, make_user
from tests.factories_reviews import make_approved, make_review, make_wording

pytestmark = pytest.mark.django_db

LINK = re.compile(r'(?:href|src|action)="([^"#]+)|"(https?://testserver[^"\s]*)"|<loc>([^<]+)</loc>')
NOT_PUBLIC = ("/admin", "/static/", "/media/", "/reviews/mine/", "/sign-off/")
MOST_PAGES = 400


def fixed_addresses():
    """Every address of the project that takes no argument, found in its own list of addresses."""

    def walk(patterns, prefix):
        for pattern in patterns:
            route = prefix + str(pattern.pattern).lstrip("^")
            if "<" in route or "(" in route:
                continue
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern.url_patterns, route)
            else:
                yield "/" + route.replace("\\", "").removesuffix("$").removesuffix("Z")

    return {address for address in walk(get_resolver().url_patterns, "") if not address.startswith(NOT_PUBLIC)}


def text_of(client, address):
    response = client.get(address)
    if response.status_code >= 300:
        return response.headers.get("Location", "") and f'href="{response.headers["Location"]}"'
    return html.unescape(b"".join(response).decode(errors="replace"))


def walk(client, starts):
    """Return every public address that links lead to."""
    found, to_see = set(), list(starts)
    while to_see:
        address = to_see.pop()
        if address in found or len(found) >= MOST_PAGES:
            continue
        found.add(address)
        for link in filter(None, (next(filter(None, match), "") for match in LINK.findall(text_of(client, address)))):
            parts = urlsplit(urljoin(f"http://testserver{address}", link))
            following = parts.path + (f"?{parts.query}" if parts.query else "")
            if parts.netloc == "testserver" and not following.startswith(NOT_PUBLIC):
                to_see.append(following)
    assert len(found) < MOST_PAGES, "the walk has to end"
    return found


@pytest.fixture
def site(client):
    """A site with one approved review, and all its public addresses."""
    monograph = make_published(title="Ketamine", slug="ketamine")
    review = make_approved(
        monograph=monograph, title="Firstword", body="Firstword alone.", author_name="Ada", email="ada@example.org"
    )
    slug = monograph.slug
    starts = fixed_addresses() | {
        monograph.get_absolute_url(),
        f"/monographs/{slug}/reviews/",
        f"/reviews/{review.pk}/",
        "/search/?q=firstword&in=reviews",
        f"/api/v1/monographs/{slug}/reviews",
        "/api/v1/reviews",
    }
    addresses = walk(client, starts)
    assert {f"/reviews/{review.pk}/", f"/reviews/{review.pk}/report/", f"/monographs/{slug}/"} <= addresses
    return review, addresses


class Walk:
    """What all public addresses say now."""

    def __init__(self, client, addresses):
        self.texts = {address: text_of(client, address) for address in addresses}

    def shows(self, *words):
        """Return where any of the words stands."""
        return {address for address, text in self.texts.items() if any(word in text for word in words)}


def test_no_transition_leaves_an_unapproved_word_at_any_public_address(client, site):
    review, addresses = site
    moderator, other = make_user(), make_user()
    reads_it = Walk(client, addresses).shows("Firstword")
    assert {f"/reviews/{review.pk}/", "/monographs/ketamine/", "/monographs/ketamine/reviews/"} <= reads_it

    review.edit(make_wording(review, title="Secondword", body="Secondword alone."))
    now = Walk(client, addresses)
    assert now.shows("Firstword") == reads_it
    assert not now.shows("Secondword")

    review.reject(by=moderator, reason="personal_details", message="Thirdword.")
    now = Walk(client, addresses)
    assert now.shows("Firstword") == reads_it
    assert not now.shows("Secondword", "Thirdword")

    review.appeal("Fourthword.")
    review.approve(by=other, message="Fifthword.")
    now = Walk(client, addresses)
    assert f"/reviews/{review.pk}/" in now.shows("Secondword")
    assert not now.shows("Firstword", "Thirdword", "Fourthword", "Fifthword")

    review.flag(reason="abusive", note="Sixthword.", email="grace@example.org")
    review.reject(by=moderator, reason="personal_details")
    assert not Walk(client, addresses).shows("Secondword", "Sixthword", "grace@example.org")

    review.edit(make_wording(review, title="Seventhword", body="Seventhword alone."))
    assert not Walk(client, addresses).shows("Seventhword")
    review.approve(by=moderator)
    assert Walk(client, addresses).shows("Seventhword")

    review.edit(make_wording(review, title="Eighthword"), stays_public=False)
    assert not Walk(client, addresses).shows("Seventhword", "Eighthword")

    review.approve(by=moderator)
    review.withdraw()
    assert not Walk(client, addresses).shows("Eighthword", "Ada", "ada@example.org")
    assert Review.objects.get().status == Review.Status.WITHDRAWN


def test_what_waits_beside_a_public_review_and_what_goes_with_it_stands_nowhere_before_its_time(client, site):
    review, addresses = site
    moderator = make_user()
    words = {"title": "Secondword", "body": "Secondword alone.", "email": "grace@example.org"}
    second = make_review(monograph=review.monograph, status=Review.Status.UNCONFIRMED, **words)
    addresses = addresses | {f"/reviews/{second.pk}/", "/search/?q=alone&in=reviews"}
    assert not Walk(client, addresses).shows("Secondword")

    second.confirm()
    assert not Walk(client, addresses).shows("Secondword")

    decision = second.approve(by=moderator, undo_for=timedelta(seconds=10))
    assert f"/reviews/{second.pk}/" in Walk(client, addresses).shows("Secondword")
    decision.retract(by=moderator)
    assert not Walk(client, addresses).shows("Secondword")

    second.approve(by=moderator)
    reply = second.reply(by=moderator, text="Thirdword.", name="Dr Grey", role="Pharmacist")
    assert f"/reviews/{second.pk}/" in Walk(client, addresses).shows("Thirdword.")
    reply.withdraw(by=moderator)
    now = Walk(client, addresses)
    assert f"/reviews/{second.pk}/" in now.shows("Secondword")
    assert not now.shows("Thirdword")

    second.erase()
    assert not Walk(client, addresses).shows("Secondword", "grace@example.org")
