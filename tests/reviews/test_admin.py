"""The moderators' pages: the queue, the decision, and what moderators must not see or do."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from reviews.models import Decision, Review
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


def approve(review):
    return reverse("admin:reviews_review_approve", args=[review.pk])


def reject(review):
    return reverse("admin:reviews_review_reject", args=[review.pk])


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


# Who may do what: nobody signed in, staff without the permission, a moderator.


@pytest.mark.parametrize("address", ["queue", "change", "approve", "reject"])
def test_who_is_not_signed_in_is_led_to_the_login(client, review, address):
    path = {"queue": QUEUE, "change": change(review), "approve": approve(review), "reject": reject(review)}[address]

    for response in (client.get(path), client.post(path)):
        assert response.status_code == 302
        assert response.url.startswith("/admin/login/")
    assert not Decision.objects.exists()


def test_staff_without_permissions_see_and_decide_nothing(client, review):
    client.force_login(make_user())

    for path in (QUEUE, change(review), reject(review)):
        assert client.get(path).status_code == 403
    assert client.post(approve(review)).status_code == 403
    assert client.post(reject(review), {"reason": "abusive"}).status_code == 403
    assert not Decision.objects.exists()


def test_who_may_only_look_sees_no_way_to_decide_and_has_none(client, review):
    client.force_login(make_user("reviews.view_review"))

    assert "Approve" not in page_of(client.get(change(review)))
    assert "approve_selected" not in page_of(client.get(QUEUE))
    assert client.post(approve(review)).status_code == 403
    assert client.post(reject(review), {"reason": "abusive"}).status_code == 403
    client.post(QUEUE, {"action": "approve_selected", "_selected_action": review.pk, "index": 0})
    assert not Decision.objects.exists()


def test_a_moderator_approves(desk, moderator, review):
    response = desk.post(approve(review), follow=True)

    review.refresh_from_db()
    assert review.status == Review.Status.APPROVED
    assert review.decided_by == moderator
    assert "“Slept again” was approved by Mary Seacole" in page_of(response)
    assert response.request["PATH_INFO"] == QUEUE


def test_a_moderator_rejects_with_reason_and_message(desk, moderator, review):
    desk.post(reject(review), {"reason": "abusive", "message": "Please leave the insult out."})

    decision = Decision.objects.get()
    assert (decision.review, decision.by, decision.reason) == (review, moderator, "abusive")
    assert decision.message == "Please leave the insult out."


def test_a_rejection_without_a_reason_comes_back_with_the_message_that_was_typed(desk, review):
    page = page_of(desk.post(reject(review), {"message": "Please leave the insult out."}))

    assert "Choose the rule that the review breaks." in page
    assert "Please leave the insult out." in page
    assert "<title>Error: " in page
    assert not Decision.objects.exists()


@pytest.mark.parametrize("path", [approve, reject])
def test_who_comes_second_is_told_who_decided_what(desk, review, path):
    review.reject(by=make_user(first_name="Florence"), reason="copied")

    response = desk.post(path(review), {"reason": "abusive"}, follow=True)

    assert "“Slept again” was rejected by Florence on" in page_of(response)
    assert "That decision stands." in page_of(response)
    assert Decision.objects.count() == 1


def test_approving_takes_a_press_on_a_button(desk, review):
    assert desk.get(approve(review)).status_code == 405


def test_decisions_need_the_token_of_the_form(moderator, review):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(moderator)

    assert careful.post(approve(review)).status_code == 403
    assert not Decision.objects.exists()


def test_a_review_that_does_not_exist_cannot_be_decided(desk):
    for path in (f"{QUEUE}999/approve/", f"{QUEUE}x/reject/"):
        assert desk.post(path, {"reason": "abusive"}).status_code == 404


# The queue.


def titles(page):
    return re.findall(r'<th class="field-title"><a [^>]+>([^<]+)</a>', page)


def test_the_queue_begins_with_what_has_waited_longest(desk):
    approved = make_approved(title="decided")
    for title in ("first", "second"):
        make_review(title=title, monograph=approved.monograph)

    assert titles(page_of(desk.get(QUEUE))) == ["first", "second", "decided"]


def test_the_queue_is_narrowed_by_status_perspective_findings_and_monograph(desk):
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


def test_the_queue_costs_the_same_with_one_review_and_with_forty(desk, django_assert_max_num_queries):
    monograph = make_review().monograph

    for _round in range(2):
        with django_assert_max_num_queries(8):
            desk.get(QUEUE)
        for _count in range(39):
            make_review(monograph=monograph)


# Several at once.


def test_several_are_approved_at_once(desk):
    reviews = [make_review(), make_review()]

    response = desk.post(
        QUEUE, {"action": "approve_selected", "_selected_action": [r.pk for r in reviews], "index": 0}, follow=True
    )

    assert "2 reviews were decided." in page_of(response)
    assert Review.objects.approved().count() == 2


def test_several_are_rejected_at_once_after_a_page_that_asks_why(desk):
    reviews = [make_review(title="one"), make_review(title="two")]
    selection = {"action": "reject_selected", "_selected_action": [r.pk for r in reviews]}

    question = page_of(desk.post(QUEUE, {**selection, "index": 0}))
    assert "Reject 2 reviews" in question
    assert not Decision.objects.exists()
    for reason in Decision.Reason:
        assert str(reason.rule) in question

    refused = page_of(desk.post(QUEUE, {**selection, "reject": "yes", "message": "My words."}))
    assert "Choose the rule that the review breaks." in refused
    assert "My words." in refused

    desk.post(QUEUE, {**selection, "reject": "yes", "reason": "copied", "message": ""})
    assert [d.reason for d in Decision.objects.all()] == ["copied", "copied"]
    assert Decision.objects.first().message == str(Decision.Reason.COPIED.message)


def test_of_several_those_that_somebody_else_decided_are_named_and_the_others_go_through(desk):
    waiting = make_review(title="waiting")
    taken = make_approved(title="taken", by=make_user(first_name="Florence"))
    gone = make_withdrawn(title="gone")

    response = desk.post(
        QUEUE,
        {"action": "approve_selected", "_selected_action": [waiting.pk, taken.pk, gone.pk], "index": 0},
        follow=True,
    )

    page = page_of(response)
    assert "“taken” was approved by Florence on" in page
    assert "“gone” is withdrawn" in page
    assert "1 review was decided." in page


def test_nobody_decides_what_they_have_not_ticked(desk):
    seen, unseen = make_review(), make_review()

    desk.post(QUEUE, {"action": "approve_selected", "_selected_action": seen.pk, "select_across": 1, "index": 0})

    assert list(Review.objects.approved()) == [seen]
    assert list(Review.objects.pending()) == [unseen]


# What nobody sees or does.


@pytest.mark.parametrize("make", [make_review, make_unconfirmed, make_withdrawn])
def test_stars_are_hidden_until_the_text_is_decided(desk, make):
    review = make(rating=2)

    for address in (QUEUE, change(review), reject(review)):
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


def test_the_queue_cannot_be_ordered_by_stars(desk):
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

    for address in (change(review), "/admin/reviews/decision/"):
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


@pytest.mark.parametrize("path", [lambda review: QUEUE, change, reject])
def test_the_pages_keep_to_the_content_policy(desk, review, path):
    response = desk.get(path(review))

    assert "style-src 'self'" in response["Content-Security-Policy"]
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script>", response.content.decode())
