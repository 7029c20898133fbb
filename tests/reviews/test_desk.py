"""The moderators' desk: what comes next, every verb through its forms, and what it never shows."""

import html
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reviews.models import Appeal, Card, Decision, Flag, Review, Wording
from tests.factories import make_user
from tests.factories_reviews import (
    make_appealed,
    make_approved,
    make_finding,
    make_moderator,
    make_rejected,
    make_review,
    make_withdrawn,
    make_wording,
)

pytestmark = pytest.mark.django_db

DESK = "/admin/reviews/desk/"


def page_of(response):
    return html.unescape(response.content.decode())


def at(review, verb=""):
    return f"{DESK}{review.pk}/{verb and f'{verb}/'}"


@pytest.fixture
def moderator():
    return make_moderator(username="mary", first_name="Mary", last_name="Seacole", email="mary@example.org")


@pytest.fixture
def desk(client, moderator):
    """A client in which the moderator is signed in."""
    client.force_login(moderator)
    return client


def approve(client, review, *, follow=False, **answers):
    return client.post(at(review, "approve"), {"yes-seen": review.revision, **answers}, follow=follow)


def reject(client, review, *, follow=False, **answers):
    data = {"no-seen": review.revision, "no-reason": "abusive", "no-message": "", **answers}
    return client.post(at(review, "reject"), data, follow=follow)


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


# The order, and what comes next.


def test_the_desk_opens_with_the_most_urgent_review(desk):
    make_review()
    crisis = make_review(screened_as="crisis")

    assert desk.get(DESK).url == at(crisis)


def test_the_queue_is_listed_in_order_and_by_place(desk):
    make_review(title="spam", screened_as="spam")
    make_review(title="ordinary")
    make_appealed(title="appealed")
    make_approved(title="flagged").flag(reason="abusive")
    make_review(title="crisis", screened_as="crisis")

    page = page_of(desk.get(DESK, follow=True))

    titles = re.findall(r'<span class="desk-title" dir="auto">(\w+)</span>', page)
    assert titles == ["crisis", "flagged", "appealed", "ordinary", "spam"]
    places = re.findall(r"<h3>(?:<a[^>]+>)?([\w ]+)(?:</a>)? <span", page)
    assert places == [str(place.label) for place in Card.Place]


def test_a_place_is_opened_by_its_heading(desk):
    make_review(screened_as="crisis")
    spam = make_review(screened_as="spam")

    assert desk.get(f"{DESK}?place=5").url == at(spam)
    assert "Nothing in this part of the queue" in page_of(desk.get(f"{DESK}?place=2"))


@pytest.mark.parametrize("query", ["place=x", "place=99999999999999999999", "undo=x", "undo=-1", "undo=9" + "9" * 30])
def test_made_up_addresses_harm_nothing(desk, query):
    make_review()

    assert desk.get(f"{DESK}?{query}", follow=True).status_code == 200


def test_nothing_waits_is_said_calmly(desk):
    assert "Nothing waits for you" in page_of(desk.get(DESK))


def test_next_and_previous_follow_the_order(desk):
    first, second, third = (make_review(title=title) for title in ("first", "second", "third"))

    page = desk.get(at(second)).content.decode()

    assert re.search(rf'rel="prev" href="{at(first)}"', page)
    assert re.search(rf'rel="next" href="{at(third)}"', page)
    assert 'rel="prev"' not in desk.get(at(first)).content.decode()
    assert 'rel="next"' not in desk.get(at(third)).content.decode()


def test_cards_after_and_before_one_are_those_of_the_whole_order():
    now = timezone.now()
    for place, minutes in [(4, 0), (4, 0), (4, 5), (2, 9), (1, 7), (5, 1), (4, 3)]:
        Card.objects.filter(pk=make_review().pk).update(place=place, since=now + timedelta(minutes=minutes))
    cards = list(Card.objects.in_order())

    for place, card in enumerate(cards):
        assert Card.objects.after(card, 3) == cards[place + 1 : place + 4]
        assert Card.objects.before(card, 3) == cards[max(0, place - 3) : place]


def test_what_is_skipped_comes_next_no_more_until_something_happens_to_it(desk):
    first, second = make_review(), make_review()

    assert desk.post(at(first, "skip")).url == at(second)
    assert Card.objects.get(pk=first.pk).holder() is None
    assert desk.get(DESK).url == at(second)
    assert "skipped by you" in page_of(desk.get(at(second)))

    first.edit(make_wording(first, body="Other words."))
    Card.objects.filter(pk=second.pk).update(since=timezone.now())
    assert desk.get(DESK).url == at(first)


def test_when_only_skipped_reviews_are_left_they_are_offered_again(desk):
    review = make_review()

    page = page_of(desk.post(at(review, "skip"), follow=True))
    assert "Only reviews that you skipped are left" in page

    assert desk.post(f"{DESK}again/").url == at(review)


# Every verb, for everything that a card can ask.


def test_approving_makes_public_and_leads_to_the_next_review(desk, moderator):
    review, other = make_review(), make_review()

    response = approve(desk, review)

    decision = Decision.objects.get()
    assert response.url == f"{at(other)}?undo={decision.pk}"
    assert (decision.by, decision.verdict, decision.was_blind) == (moderator, "approved", True)
    assert Review.objects.get(pk=review.pk).is_public


def test_refusing_takes_a_reason_and_a_message_or_the_one_of_the_reason(desk):
    for typed, told in [("Leave the insult out.", "Leave the insult out."), ("", Decision.Reason.ABUSIVE.message)]:
        reject(desk, make_review(), **{"no-message": typed})

        decision = Decision.objects.first()
        assert (decision.verdict, decision.reason, decision.was_blind) == ("rejected", "abusive", True)
        assert decision.message == str(told)


def test_a_refusal_without_a_reason_comes_back_with_everything_that_was_typed(desk):
    review = make_review(body="Call me now.")

    response = reject(desk, review, **{"no-reason": "", "no-message": "My words.", "mark": "body:0:7"})

    page = page_of(response)
    assert "Choose the rule that the review breaks." in page
    assert "My words." in page
    assert 'data-value="body:0:7"' in page
    assert not Decision.objects.exists()


def test_a_decision_without_the_revision_that_was_seen_is_not_taken(desk):
    review = make_review()

    page = page_of(desk.post(at(review, "approve")))

    assert "Open the review again before you decide." in page
    assert not Decision.objects.exists()


def test_a_new_wording_is_decided_beside_the_public_one_and_compared_with_it(desk):
    review = make_approved(title="Before", body="It helped me much.")
    review.edit(make_wording(review, title="After", body="It helped me little."))

    page = page_of(desk.get(at(review)))
    assert "<del>much</del><ins>little</ins>" in page
    assert "Approve the new wording" in page

    approve(desk, review)
    review.refresh_from_db()
    assert review.title == "After"


def test_flags_are_merged_with_their_notes_and_answered(desk):
    kept, taken_down = make_approved(), make_approved()
    for review in (kept, taken_down):
        review.flag(reason="abusive", note="It calls me names.", address="192.0.2.1")
        review.flag(reason="abusive", address="192.0.2.2")

    page = page_of(desk.get(at(kept)))
    assert "2 reports by readers" in page
    assert "It is abusive (2)" in page
    assert "It calls me names." in page
    assert "Keep it public" in page

    approve(desk, kept)
    reject(desk, taken_down)
    statuses = dict(Flag.objects.order_by("review").values_list("review", "status"))
    assert statuses == {kept.pk: "dismissed", taken_down.pk: "upheld"}
    assert not Review.objects.get(pk=taken_down.pk).is_public


def test_an_appeal_is_answered_in_words_by_somebody_who_does_not_see_who_refused(desk):
    florence = make_moderator(first_name="Florence", last_name="Nightingale", username="florence")
    review = make_appealed(by=florence, text="I named nobody.")

    page = page_of(desk.get(at(review)))
    assert "I named nobody." in page
    assert str(Decision.Reason.ADVERTISING.rule) in page
    for address in (at(review), f"/admin/reviews/review/{review.pk}/history/", "/admin/reviews/decision/"):
        assert "lorence" not in page_of(desk.get(address))

    for response in (approve(desk, review), reject(desk, review)):
        assert "Write an answer" in page_of(response)
    approve(desk, review, **{"yes-message": "You are right."})
    assert Appeal.objects.get().answer.message == "You are right."
    assert Review.objects.get(pk=review.pk).is_public


def test_an_upheld_refusal_keeps_the_first_reason_unless_another_is_chosen(desk):
    review = make_appealed()

    page = desk.get(at(review)).content.decode()

    assert re.search(r'value="advertising"[^>]* checked', page)


def test_whoever_refused_does_not_answer_the_appeal(desk, moderator):
    review = make_appealed(by=moderator)

    assert desk.get(DESK).status_code == 200  # nothing is offered
    page = page_of(desk.get(at(review)))
    assert "somebody else must answer the appeal" in page
    assert 'data-key="a"' not in page

    response = approve(desk, review, **{"yes-message": "Mine."})
    assert response.status_code == 409
    assert "another moderator has to answer" in page_of(response)


def test_nobody_decides_a_review_of_their_own(desk):
    review = make_review(email="Mary@example.org")

    assert desk.get(DESK).status_code == 200
    page = page_of(desk.get(at(review)))
    assert "You wrote this review, so somebody else must decide it." in page
    assert 'data-key="a"' not in page
    assert approve(desk, review).status_code == 409
    assert not Decision.objects.exists()


# Two people, or one who comes late.


@pytest.mark.parametrize("act", [approve, reject])
def test_who_comes_second_is_told_who_decided_what_and_keeps_what_was_typed(desk, act):
    review = make_review(title="Slept again")
    seen = review.revision
    review.reject(by=make_user(first_name="Florence"), reason="copied")

    answers = {"yes-seen": seen, "no-seen": seen, "no-message": "My words.", "yes-message": "My words."}
    response = act(desk, review, **answers)

    page = page_of(response)
    assert response.status_code == 409
    assert "“Slept again” was rejected by Florence on" in page
    assert "That decision stands." in page
    assert "My words." in page
    assert "Next review" in page
    assert Decision.objects.count() == 1


def test_who_saw_an_earlier_state_is_shown_the_new_one_with_what_was_typed(desk):
    review = make_review(body="Before.")
    seen = review.revision
    review.edit(make_wording(review, body="After."))

    response = reject(desk, review, **{"no-seen": seen, "no-message": "My words."})

    page = page_of(response)
    assert response.status_code == 409
    assert "Something changed after you opened this review." in page
    assert "After." in page
    assert "My words." in page
    # Whoever sends it again has looked at what is there now.
    assert re.search(rf'name="no-seen" value="{review.revision}"', page)
    assert not Decision.objects.exists()


def test_a_review_that_was_withdrawn_meanwhile_needs_no_decision(desk):
    review = make_review()
    seen = review.revision
    review.withdraw()

    page = page_of(approve(desk, review, **{"yes-seen": seen}))

    assert "is withdrawn, so this cannot be done" in page
    assert "This review needs no decision now" in page


def test_opening_a_review_holds_it_for_one_and_shows_others_who_looks(desk, moderator):
    first, second = make_review(), make_review()
    other = Client()
    other.force_login(make_moderator())

    desk.get(at(first))
    assert other.get(DESK).url == at(second)
    page = page_of(other.get(at(first)))
    assert "Mary Seacole is looking at this review, since" in page
    assert 'data-key="a"' not in page
    assert "Mary is looking" in page_of(other.get(at(second)))

    response = approve(other, first)
    assert response.status_code == 409
    assert "Mary Seacole is looking" in page_of(response)
    assert not Decision.objects.exists()


def test_opening_another_review_lets_go_of_the_first(desk):
    first, second = make_review(), make_review()

    desk.get(at(first))
    desk.get(at(second))

    assert [card.holder() is not None for card in Card.objects.in_order()] == [False, True]


def test_a_review_is_taken_over_and_its_holder_is_told(desk):
    review = make_review()
    desk.get(at(review))
    florence = make_moderator(first_name="Florence")
    other = Client()
    other.force_login(florence)

    assert other.post(at(review, "take-over")).url == at(review)

    assert Card.objects.get().holder() == florence
    notice = desk.post(at(review, "hold"), {"seen": review.revision}).json()["notice"]
    assert "Florence is looking" in notice


def test_the_page_is_told_what_happened_while_it_was_open(desk):
    review = make_review()
    seen = review.revision

    def notice():
        return desk.post(at(review, "hold"), {"seen": seen}).json()["notice"]

    assert notice() == ""
    since = Card.objects.get().claimed_since
    assert notice() == ""
    assert Card.objects.get().claimed_since == since
    review.edit(make_wording(review, body="Other."))
    assert "Something changed" in notice()
    review.withdraw()
    assert "needs no decision any more" in notice()


def test_holding_ends_by_itself(desk):
    review = make_review()
    desk.get(at(review))
    Card.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    other = Client()
    other.force_login(make_moderator())

    assert "is looking" not in page_of(other.get(at(review)))
    assert approve(other, review).status_code == 302


# Undo.


def test_a_decision_is_taken_back_within_ten_seconds(desk):
    review = make_review()
    page = page_of(approve(desk, review, follow=True))
    decision = Decision.objects.get()
    assert "You approved" in page
    assert decision.final_at - decision.at == timedelta(seconds=10)

    response = desk.post(f"{DESK}undo/", {"decision": decision.pk}, follow=True)

    assert "The decision is taken back." in page_of(response)
    assert Review.objects.get().status == "pending"
    assert response.request["PATH_INFO"] == at(review)


def test_afterwards_the_decision_stands_and_undo_is_not_offered(desk, monkeypatch):
    review = make_review()
    address = approve(desk, review).url
    decision = Decision.objects.get()
    later = timezone.now() + timedelta(seconds=11)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)

    assert "You approved" not in page_of(desk.get(address))
    response = desk.post(f"{DESK}undo/", {"decision": decision.pk}, follow=True)
    assert "is over" in page_of(response)
    assert Review.objects.get().is_public


def test_nobody_takes_back_what_another_decided(desk):
    review = make_review()
    decision = review.approve(by=make_user(), undo_for=timedelta(seconds=10))

    assert "You approved" not in page_of(desk.get(f"{DESK}?undo={decision.pk}"))
    desk.post(f"{DESK}undo/", {"decision": decision.pk})
    assert Review.objects.get().is_public


# Passages for the author.


def test_passages_are_marked_by_finding_and_by_place(desk):
    body = "Buy from us. Call 12345678 now. You fool."
    review = make_review(body=body, findings=[make_finding(body, "Buy from us")])
    assert 'name="mark" value="body:0:11"' in page_of(desk.get(at(review)))

    reject(desk, review, mark=["body:32:40", "body:0:11", "body:0:11"])

    assert [body[mark["start"] : mark["end"]] for mark in Decision.objects.get().marks] == ["Buy from us", "You fool"]


@pytest.mark.parametrize(
    "mark",
    ["body", "body:1", "body:5:2", "body:0:9999", "rating:0:1", "email:0:1", "body:-1:3", "body:a:b", "::", "body:²:3"],
)
def test_a_passage_that_is_not_in_the_text_is_refused_with_a_clear_error(desk, mark):
    review = make_review(body="Short.", email="ada@example.org")

    page = page_of(reject(desk, review, mark=mark))

    assert "A marked passage is not in this text." in page
    assert not Decision.objects.exists()


def test_at_most_twenty_passages_are_marked(desk):
    page = page_of(reject(desk, make_review(), mark=[f"body:{start}:{start + 1}" for start in range(21)]))

    assert "Mark at most 20 passages." in page


# Several likely sales messages at once.


def several(client, *reviews, **answers):
    data = {"review": [f"{review.pk}:{review.revision}" for review in reviews], "reason": "advertising", **answers}
    return client.post(f"{DESK}several/", data, follow=True)


def test_likely_sales_messages_are_refused_together_each_with_its_own_decision(desk):
    spam = [make_review(title=f"Offer {number}", screened_as="spam", body="Whole text.") for number in range(3)]
    make_review(title="Ordinary")
    page = page_of(desk.get(f"{DESK}several/"))
    assert [f"Offer {number}" in page for number in range(3)] == [True] * 3
    assert "Ordinary" not in page
    assert page.count("Whole text.") == 3

    page = page_of(several(desk, *spam[:2]))

    assert "2 reviews were refused." in page
    assert [(d.reason, d.was_blind) for d in Decision.objects.all()] == [("advertising", True)] * 2
    assert Review.objects.get(pk=spam[2].pk).status == "pending"

    desk.post(f"{DESK}undo/", {"decision": [decision.pk for decision in Decision.objects.all()]})
    assert Review.objects.pending().count() == 4


def test_of_several_only_those_that_were_shown_so_and_are_nobody_elses_are_refused(desk):
    spam = make_review(screened_as="spam", title="spam")
    ordinary = make_review(title="ordinary")
    changed = make_review(screened_as="spam", title="changed")
    seen = Review.objects.get(pk=changed.pk)
    changed.edit(make_wording(changed, body="Buy it from us on Telegram, no prescription needed, fast shipping."))
    held = make_review(screened_as="spam", title="held")
    Card.objects.claim(held.pk, by=make_user())
    decided = make_rejected(title="decided")

    page = page_of(several(desk, spam, ordinary, seen, held, decided))

    assert Decision.objects.exclude(review=decided).get().review == spam
    assert "“ordinary” was left out" in page
    assert "“held” was left out" in page
    assert "changed: Something changed" in page
    assert "decided: " in page


def test_without_a_tick_or_a_reason_nothing_is_refused_and_the_ticks_stay(desk):
    first, second = (make_review(screened_as="spam") for _ in range(2))

    assert "Tick the messages to refuse." in page_of(several(desk))
    page = page_of(several(desk, second, reason="", message="My words."))

    assert "Choose the rule" in page
    assert "My words." in page
    assert re.search(rf'value="{second.pk}:1"[^>]*checked', page)
    assert not re.search(rf'value="{first.pk}:1"[^>]*checked', page)
    assert not Decision.objects.exists()


@pytest.mark.parametrize("value", ["x", "1", ":", "1:2:3", "9" * 40])
def test_made_up_ticks_harm_nothing(desk, value):
    make_review(screened_as="spam")

    response = desk.post(f"{DESK}several/", {"review": value, "reason": "advertising"})

    assert response.status_code in (200, 302)
    assert not Decision.objects.exists()


# What stands beside.


def test_other_reviews_of_the_author_are_counted_and_linked_without_an_address(desk):
    same = {"email": "ada@example.org", "network_hash": "f" * 64}
    review = make_review(**same)
    make_approved(title="Another of hers", **same)
    make_rejected(title="And another", network_hash="f" * 64)
    make_review(title="Of somebody else", email="grace@example.org", network_hash="e" * 64)

    page = page_of(desk.get(at(review)))
    beside = page[page.index("desk-beside") : page.index("desk-queue")]

    assert "Same e-mail address" in beside
    assert "1 approved" in beside
    assert "Another of hers" in beside
    assert "And another" in beside
    assert "Of somebody else" not in beside
    assert "ada@" not in page
    assert "f" * 64 not in page
    assert review.email_hash not in page


def test_reviews_with_the_same_text_are_linked(desk):
    review, twin = (make_review(title=title, text_hash="a" * 32) for title in ("First", "Twin"))
    make_review(title="Another", text_hash="b" * 32)
    beside = page_of(desk.get(at(review))).partition("The same text")[2].partition("The same author")[0]

    assert "Twin" in beside
    assert f"/admin/reviews/review/{twin.pk}/change/" in beside
    assert "Another" not in beside


def test_earlier_wordings_and_decisions_are_listed(desk):
    review = make_rejected(reason="abusive", by=make_user(first_name="Florence"), body="The first words.")
    review.edit(make_wording(review, body="The second words."))

    page = page_of(desk.get(at(review)))

    assert "The first words." in page
    assert re.search(r"Rejected, .*Florence: Abusive", page)


def test_the_desk_shows_the_edition_that_the_review_was_written_under(desk):
    review = make_review()
    review.monograph.summary = "Another summary."
    review.monograph.save()
    review.monograph.publish(by=make_user(), note="Second.")

    assert f'href="{review.edition.get_absolute_url()}"' in page_of(desk.get(at(review)))


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


def test_the_desk_costs_the_same_with_3_cards_and_with_300(desk, django_assert_max_num_queries):
    review = make_review(email="ada@example.org", network_hash="f" * 64)
    for count in (2, 297):
        for _number in range(count):
            make_review(monograph=review.monograph)
        for address, most in ((at(review), 27), (f"{DESK}several/", 12)):
            with django_assert_max_num_queries(most):
                desk.get(address)


def test_a_review_that_needs_nobody_says_what_was_decided(desk):
    review = make_approved(by=make_user(first_name="Florence"), title="Slept again")

    page = page_of(desk.get(at(review)))

    assert "This review needs no decision now" in page
    assert "“Slept again” was approved by Florence" in page
    assert desk.get(at(make_withdrawn())).status_code == 200


def test_the_admins_index_leads_to_the_desk(desk):
    assert f'href="{DESK}"' in page_of(desk.get("/admin/"))
    assert reverse("admin:reviews_desk") == DESK


def test_the_admins_front_page_says_what_waits(client, desk):
    assert "No review waits for a decision." in page_of(desk.get("/admin/"))
    review = make_review(screened_as="crisis")
    Card.objects.update(since=timezone.now() - timedelta(days=3))
    for _number in range(4):
        make_review(monograph=review.monograph)

    page = page_of(desk.get("/admin/"))

    assert "1 may speak of danger to life" in page
    assert 'href="/admin/reviews/desk/">5 reviews wait' in page
    client.force_login(make_user("reviews.view_review"))
    assert "Reviews by readers" not in page_of(client.get("/admin/"))
