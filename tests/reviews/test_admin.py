"""The archive of reviews and the log of decisions: what moderators find there, and what nobody sees or does."""

import html
import re

import pytest
from django.urls import reverse
from django.utils.text import capfirst

from monographs.models import Edition, Monograph
from reviews.models import Decision, Reply, Review
from tests.factories import make_user
from tests.factories_reviews import (
    make_approved,
    make_moderator,
    make_rejected,
    make_review,
    make_unconfirmed,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db

QUEUE = "/admin/reviews/review/"


def page_of(response):
    return html.unescape(response.content.decode())


def change(review):
    return f"{QUEUE}{review.pk}/change/"


def history(review):
    return f"{QUEUE}{review.pk}/history/"


@pytest.fixture
def moderator():
    return make_moderator(first_name="Mary", last_name="Seacole")


@pytest.fixture
def desk(client, moderator):
    """A client in which the moderator is signed in."""
    client.force_login(moderator)
    return client


@pytest.fixture
def review():
    return make_review(rating=2, title="Slept again", body="First.\n\nSecond & last.", email="ada@example.org")


# Who may come in: nobody signed in, staff without the permission, a moderator.


@pytest.mark.parametrize("address", [lambda review: QUEUE, change, history])
def test_the_archive_is_for_those_who_may_see_reviews(client, review, address):
    assert client.get(address(review)).url.startswith("/admin/login/")

    client.force_login(make_user())
    assert client.get(address(review)).status_code == 403

    client.force_login(make_user("reviews.view_review"))
    assert client.get(address(review)).status_code == 200


def test_the_archive_leads_to_the_desk_for_deciding_whoever_may_decide(client, moderator, review):
    desk = f"/admin/reviews/desk/{review.pk}/"
    client.force_login(make_user("reviews.view_review"))
    assert desk not in page_of(client.get(change(review)))

    client.force_login(moderator)
    assert desk in page_of(client.get(change(review)))
    review.approve(by=moderator)
    assert desk not in page_of(client.get(change(review)))


# The list.


def titles(page):
    return re.findall(r'<th class="field-title"><a [^>]+>([^<]+)</a>', page)


def test_the_list_is_narrowed_by_status_perspective_findings_and_monograph(desk):
    plain = make_review(title="plain", perspective="carer")
    make_approved(
        title="found", findings=[{"kind": "email", "words": "a@b.example", "where": "body", "start": 0, "end": 9}]
    )

    def listed(query):
        return titles(page_of(desk.get(f"{QUEUE}?{query}")))

    assert listed("status__exact=pending") == ["plain"]
    assert listed("perspective__exact=own") == ["found"]
    assert listed("findings=yes") == ["found"]
    assert listed("findings=no") == ["plain"]
    assert listed(f"monograph__id__exact={plain.monograph_id}") == ["plain"]
    assert listed("q=plain") == ["plain"]


def test_findings_are_shown_in_words_a_moderator_understands(desk):
    findings = [{"kind": "dose", "words": "take 50 mg", "where": "body", "start": 0, "end": 10}]
    review = make_review(findings=findings)

    assert "Tells others what to take" in page_of(desk.get(QUEUE))
    assert "Tells others what to take: “take 50 mg”" in page_of(desk.get(change(review)))


def test_the_list_costs_the_same_with_one_review_and_with_forty(desk, django_assert_max_num_queries):
    monograph = make_review().monograph

    for _round in range(2):
        with django_assert_max_num_queries(8):
            desk.get(QUEUE)
        for _count in range(39):
            make_review(monograph=monograph)


# What nobody sees or does.


@pytest.mark.parametrize("make", [make_review, make_unconfirmed, make_withdrawn])
def test_stars_are_hidden_until_the_text_is_decided(desk, make):
    review = make(rating=2)

    for address in (QUEUE, change(review), history(review)):
        page = page_of(desk.get(address))
        assert "Poor" not in page
        assert "★" not in page
    assert "hidden until decided" in page_of(desk.get(QUEUE))
    assert "hidden until decided" in page_of(desk.get(change(review)))


@pytest.mark.parametrize("make", [make_approved, make_rejected])
def test_stars_are_shown_once_the_text_is_decided(desk, make):
    review = make(rating=2)

    assert "2 – Poor" in page_of(desk.get(QUEUE))
    assert "2 – Poor" in page_of(desk.get(change(review)))


@pytest.mark.parametrize(
    "query", ["rating=2", "rating__exact=2", "rating__gt=1", "email__startswith=a", "network_hash=x", "decided_by=1"]
)
def test_an_address_cannot_ask_for_stars_or_for_private_things(desk, query):
    make_review(rating=2, email="ada@example.org")

    assert desk.get(f"{QUEUE}?{query}").status_code == 400


def test_the_list_cannot_be_ordered_by_stars(desk):
    for title, rating in (("b", 5), ("c", 1), ("a", 3)):
        make_review(title=title, rating=rating)

    for column in range(1, 10):
        assert titles(page_of(desk.get(f"{QUEUE}?o={column}"))) != ["c", "a", "b"]
        assert titles(page_of(desk.get(f"{QUEUE}?o=-{column}"))) != ["b", "a", "c"]


def test_the_e_mail_address_is_not_shown_only_that_there_is_one(desk, review):
    for address in (QUEUE, change(review), f"{QUEUE}?q=ada%40example.org"):
        assert "ada@example.org" not in page_of(desk.get(address)).replace('value="ada@example.org"', "")
    assert titles(page_of(desk.get(f"{QUEUE}?q=ada%40example.org"))) == []
    assert "E-mail address given" in page_of(desk.get(change(review)))


def test_nobody_adds_changes_or_deletes_a_review_not_even_an_administrator(admin_client, review):
    before = Review.objects.values().get()

    assert admin_client.get(f"{QUEUE}add/").status_code == 403
    assert admin_client.get(f"{QUEUE}{review.pk}/delete/").status_code == 403
    assert admin_client.post(change(review), {"title": "Other words", "rating": 5}).status_code == 403
    admin_client.post(QUEUE, {"action": "delete_selected", "_selected_action": review.pk, "index": 0, "post": "yes"})

    assert Review.objects.values().get() == before
    assert "delete_selected" not in page_of(admin_client.get(QUEUE))


def test_nobody_adds_changes_or_deletes_a_decision(admin_client):
    decision = make_rejected().decisions.get()
    log = "/admin/reviews/decision/"

    assert admin_client.get(log).status_code == 200
    assert admin_client.get(f"{log}add/").status_code == 403
    assert admin_client.post(f"{log}{decision.pk}/change/", {"message": "x"}).status_code == 403
    assert admin_client.get(f"{log}{decision.pk}/delete/").status_code == 403
    admin_client.post(log, {"action": "delete_selected", "_selected_action": decision.pk, "index": 0, "post": "yes"})
    assert Decision.objects.get() == decision


def test_every_decision_is_listed_with_the_review_and_in_the_log(desk):
    review = make_rejected(by=make_user(first_name="Florence"), title="Slept again")

    for address in (history(review), "/admin/reviews/decision/"):
        page = page_of(desk.get(address))
        assert "Florence" in page
        assert "Advertising or selling" in page


def test_the_link_to_the_public_page_is_there_only_when_the_page_is(desk, review):
    assert review.get_absolute_url() not in page_of(desk.get(change(review)))

    review.approve(by=make_user())

    assert f'href="{review.get_absolute_url()}"' in page_of(desk.get(change(review)))


def test_text_is_shown_as_text(desk):
    review = make_review(title="<b>bold</b>", body="<script>alert(1)</script>\nnext", author_name="<i>x</i>")

    page = desk.get(change(review)).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>next" in page
    assert "<b>bold</b>" not in page
    assert "<i>x</i>" not in page


@pytest.mark.parametrize("path", [lambda review: QUEUE, change, history])
def test_the_pages_keep_to_the_content_policy(desk, review, path):
    response = desk.get(path(review))

    assert "style-src 'self'" in response["Content-Security-Policy"]
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script>", response.content.decode())


@pytest.mark.parametrize("model", [Decision, Edition, Monograph, Reply, Review])
def test_a_list_bears_the_name_of_what_it_lists_and_so_do_its_filters(admin_client, model):
    page = admin_client.get(reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_changelist")).content.decode()

    assert f"<h1>{capfirst(model._meta.verbose_name_plural)}</h1>" in page
    filters = re.findall(r'data-filter-title="([^"]+)"', page)
    assert filters
    assert not {"at", "submitted at", "written from", "public from", "has unpublished changes"} & set(filters)
