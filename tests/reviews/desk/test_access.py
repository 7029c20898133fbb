"""Who may come to the moderators' desk, and what nobody sees or does there."""

import re

import pytest
from django.test import Client

from reviews.models import Card, Decision, Review, Wording
from tests.factories import make_user
from tests.factories_reviews import (
    make_appealed,
    make_approved,
    make_finding,
    make_moderator,
    make_review,
    make_wording,
)
from tests.reviews.desk.acts import DESK, approve, at, page_of

pytestmark = pytest.mark.django_db


# Who may come in.

GET = ["", "several/", "{pk}/"]
POST = [
    "several/",
    "undo/",
    "again/",
    *(f"{{pk}}/{verb}/" for verb in ("approve", "reject", "skip", "take-over", "hold")),
]


@pytest.mark.parametrize("path", GET)
def test_only_moderators_see_the_desk(client, path):
    address = DESK + path.format(pk=make_review().pk)
    assert client.get(address).url.startswith("/admin/login/")

    client.force_login(make_user("reviews.view_review"))
    assert client.get(address).status_code == 403

    client.force_login(make_moderator())
    assert client.get(address, follow=True).status_code == 200


@pytest.mark.parametrize("path", POST)
def test_only_moderators_act_at_the_desk(client, path):
    review = make_review()
    address = DESK + path.format(pk=review.pk)
    data = {"yes-seen": 1, "no-seen": 1, "no-reason": "abusive", "review": f"{review.pk}:1", "reason": "abusive"}
    assert client.post(address, data).url.startswith("/admin/login/")

    for permissions in ([], ["reviews.view_review"], ["reviews.moderate_review"]):
        client.force_login(make_user(*permissions))
        assert client.post(address, data).status_code == 403
    assert not Decision.objects.exists()
    assert Card.objects.get().claimed_by is None

    client.force_login(make_moderator())
    assert client.post(address, data).status_code in (200, 302)


@pytest.mark.parametrize("path", [path for path in POST if path != "several/"])
def test_acts_take_a_press_on_a_button(desk, path):
    assert desk.get(DESK + path.format(pk=make_review().pk)).status_code == 405


def test_acts_need_the_token_of_the_form(moderator):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(moderator)

    assert approve(careful, make_review()).status_code == 403
    assert not Decision.objects.exists()


@pytest.mark.parametrize("verb", ["", "approve", "reject"])
def test_a_review_that_does_not_exist_is_not_found(desk, verb):
    address = f"{DESK}999/{verb and f'{verb}/'}"

    assert (desk.post(address) if verb else desk.get(address)).status_code == 404


# What nobody sees or does.


def make_all_kinds():
    flagged = make_approved(title="flagged")
    flagged.flag(reason="abusive")
    edited = make_approved(title="edited")
    edited.edit(make_wording(edited, body="Again."))
    return [
        make_review(title="ordinary", screened_as="crisis"),
        make_review(title="spam", screened_as="spam"),
        make_appealed(title="appealed"),
        flagged,
        edited,
    ]


def test_no_page_tells_the_stars_of_a_review_that_waits(desk):
    reviews = make_all_kinds()
    addresses = [*map(at, reviews), f"{DESK}several/", "/admin/reviews/review/", "/admin/"]
    addresses += [f"/admin/reviews/review/{review.pk}/{page}/" for review in reviews for page in ("change", "history")]

    pages = []
    for rating in (1, 5):
        Review.objects.update(rating=rating)
        Wording.objects.update(rating=rating)
        responses = [desk.get(address) for address in addresses]
        assert {response.status_code for response in responses} == {200}
        pages.append([re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page_of(page)) for page in responses])

    # Not in words, not in addresses, not in the order, not anywhere.
    for address, worst, best in zip(addresses, *pages, strict=True):
        assert worst == best, address
        assert "★" not in worst


def test_nobody_changes_a_word_or_a_star_not_even_an_administrator(admin_client):
    review = make_review(rating=2, title="Hers", body="Her words.")
    fields = ("title", "body", "rating", "author_name", "perspective")
    before = Review.objects.values(*fields).get()
    typed = {"title": "Other", "body": "Other", "rating": 5, "no-rating": 5, "yes-title": "Other", "yes-body": "Other"}

    for address in (at(review), f"/admin/reviews/review/{review.pk}/change/", "/admin/reviews/review/add/"):
        assert admin_client.post(address, typed).status_code in (403, 405)
    approve(admin_client, review, **typed)

    assert Review.objects.values(*fields).get() == before


def test_text_is_shown_as_text(desk):
    hostile = "<script>alert(1)</script>"
    review = make_approved(title=hostile, body=hostile, author_name=hostile, reason_for_use=hostile)
    review.flag(reason="abusive", note=hostile)
    findings = [make_finding(hostile, "alert"), {**make_finding(hostile, "script"), "words": hostile}]
    Review.objects.update(findings=findings)
    make_review(title=hostile, body=hostile, findings=findings, screened_as="spam")

    for address in (at(review), f"{DESK}several/", f"/admin/reviews/review/{review.pk}/history/"):
        page = desk.get(address).content.decode()
        assert "<script>" not in page
        assert "&lt;script" in page


def test_the_pages_keep_to_the_content_policy_and_are_not_kept(desk):
    review = make_review(body="Buy it.", findings=[make_finding("Buy it.", "Buy")], screened_as="spam")

    for address in (at(review), f"{DESK}several/", DESK):
        response = desk.get(address, follow=True)
        assert "style-src 'self'" in response["Content-Security-Policy"]
        assert "no-store" in response["Cache-Control"]
        assert not re.search(r"\sstyle=|\son\w+=|<style|<script>", response.content.decode())
