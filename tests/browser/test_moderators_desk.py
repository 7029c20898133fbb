"""Moderators at their desk: by key, by button, with and without script."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from reviews.models import Card, Decision, Review
from tests.factories import make_published
from tests.factories_reviews import (
    make_appealed,
    make_approved,
    make_finding,
    make_moderator,
    make_review,
    make_wording,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

REST = 450
"""A review must be shown this long before a key decides it."""


@pytest.fixture
def page(page):
    """A page whose clock stands still but in rest(), so that no key comes too early or too late by chance."""
    page.clock.install()
    page.clock.pause_at(timezone.now() + timedelta(minutes=1))
    return page


@pytest.fixture
def desk(live_server):
    return f"{live_server.url}/admin/reviews/desk/"


@pytest.fixture
def moderator(page, log_in):
    moderator = make_moderator(username="mary", first_name="Mary")
    log_in(page, moderator)
    return moderator


def make_reviews(*titles, **kwargs):
    monograph = make_published()
    return [make_review(monograph=monograph, title=title, **kwargs) for title in titles]


def shows(page, title):
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def rest(page):
    page.clock.run_for(REST)


def test_twenty_reviews_are_decided_with_one_key_for_an_approval_and_two_for_a_refusal(page, desk, moderator):
    reviews = make_reviews(*(f"Review {number}" for number in range(20)))
    page.goto(desk)
    presses = []

    def press(*keys):
        for key in keys:
            page.keyboard.press(key)
        presses.append(len(keys))

    for number, review in enumerate(reviews):
        shows(page, review.title)
        rest(page)
        press("a") if number % 4 else press("r", "1234567890"[number // 4])
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing waits for you")

    assert Decision.objects.filter(was_blind=True).count() == 20
    assert Review.objects.approved().count() == 15
    reasons = list(Decision.objects.rejections().order_by("at").values_list("reason", flat=True))
    assert reasons == [reason.value for reason in list(Decision.Reason)[:5]]
    assert all(
        decision.message == str(Decision.Reason(decision.reason).message) for decision in Decision.objects.rejections()
    )
    assert sum(presses) == 15 * 1 + 5 * 2


def test_every_key_does_what_the_list_of_keys_says(page, desk, moderator):
    make_reviews("First", "Second", "Third")
    page.goto(desk)
    shows(page, "First")

    page.keyboard.press("j")
    shows(page, "Second")
    expect(page.locator("#desk-title")).to_be_focused()
    page.keyboard.press("k")
    shows(page, "First")
    page.keyboard.press("s")
    shows(page, "Second")
    rest(page)
    page.keyboard.press("a")
    shows(page, "Third")
    expect(page.get_by_role("status").first).to_contain_text("You approved “Second”.")
    page.keyboard.press("u")
    shows(page, "Second")
    expect(page.get_by_role("status").first).to_contain_text("The decision is taken back.")
    assert not Decision.objects.standing().exists()

    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("a")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    shows(page, "Second")
    assert not Decision.objects.standing().exists()


def test_a_message_is_written_before_a_refusal_when_that_is_wanted(page, desk, moderator):
    make_reviews("First")
    page.goto(desk)
    rest(page)

    for key in "rm7":
        page.keyboard.press(key)
    message = page.get_by_label("Message to the author")
    expect(message).to_be_focused()
    expect(message).to_have_value(str(Decision.Reason.ABUSIVE.message))
    page.keyboard.press("Control+A")
    page.keyboard.type("as a reader: 1 2 3")
    assert not Decision.objects.exists()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_text("You refused “First”: Abusive.").last).to_be_visible()
    assert Decision.objects.get().message == "as a reader: 1 2 3"


def test_the_reasons_close_without_a_decision(page, desk, moderator):
    make_reviews("First", "Second")
    page.goto(desk)
    rest(page)

    page.keyboard.press("1")
    page.keyboard.press("r")
    expect(page.get_by_role("radio").first).to_be_visible()
    page.keyboard.press("a")
    page.keyboard.press("j")
    page.keyboard.press("Escape")
    expect(page.get_by_role("radio").first).to_be_hidden()
    expect(page.locator("#desk-refusal summary")).to_be_focused()
    page.keyboard.press("1")

    shows(page, "First")
    assert not Decision.objects.exists()


def test_keys_do_nothing_with_modifiers_too_early_held_down_or_switched_off(page, desk, moderator):
    make_reviews("First", "Second", "Third")
    page.goto(desk)
    shows(page, "First")
    rest(page)
    page.keyboard.press("Control+j")
    page.keyboard.press("Alt+j")
    page.keyboard.press("Shift+A")
    shows(page, "First")
    assert not Decision.objects.exists()

    # Pressed twice by mistake, the second press finds a review that nobody has looked at yet.
    page.keyboard.press("a")
    shows(page, "Second")
    page.keyboard.press("a")
    page.keyboard.down("a")
    page.keyboard.down("a")
    rest(page)
    shows(page, "Second")
    page.keyboard.up("a")

    page.keyboard.press("?")
    page.get_by_label("Use these keys in this browser").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.reload()
    rest(page)
    page.keyboard.press("a")
    shows(page, "Second")
    assert Decision.objects.count() == 1


def test_passages_are_marked_by_selecting_text(page, desk, moderator):
    body = "\U0001f600 First line.\nYou fool of a reader. Buy here."
    make_reviews("First", body=body, findings=[make_finding(body, "Buy here")])
    page.goto(desk)
    select = """words => {
        const field = document.querySelector("[data-where=body]");
        const node = field.firstChild;
        const start = node.data.indexOf(words);
        getSelection().setBaseAndExtent(node, start, node, start + words.length);
    }"""
    page.keyboard.press("h")
    expect(page.get_by_role("status").first).to_have_text("Select some of the text first.")

    page.evaluate(select, "You fool ")
    page.keyboard.press("h")
    expect(page.locator(".desk-marked q")).to_have_text("You fool")
    page.get_by_role("checkbox", name=re.compile("Buy here")).check()
    rest(page)
    page.keyboard.press("r")
    page.keyboard.press("7")

    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing waits for you")
    marks = Decision.objects.get().marks
    assert [body[mark["start"] : mark["end"]] for mark in marks] == ["You fool", "Buy here"]


def test_an_appeal_is_answered_by_key_but_never_without_words(page, desk, moderator):
    make_appealed(title="First")
    page.goto(desk)
    rest(page)

    page.keyboard.press("a")
    expect(page.locator("#desk-yes textarea")).to_be_focused()
    page.keyboard.type("a fair point")
    assert Decision.objects.count() == 1
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("a")

    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing waits for you")
    assert Review.objects.get().is_public
    assert Decision.objects.first().message == "a fair point"


def test_a_conflict_keeps_what_was_typed(page, desk, moderator, complaints):
    complaints.allow("status of 409")
    [review] = make_reviews("First")
    page.goto(desk)
    rest(page)
    page.keyboard.press("m")
    page.get_by_label("Message to the author").fill("My words.")
    page.get_by_role("radio").first.check()
    review.edit(make_wording(review, title="First again"))
    page.get_by_role("button", name="Refuse", exact=True).click()

    expect(page.get_by_role("alert")).to_contain_text("Something changed after you opened this review.")
    expect(page.get_by_role("alert")).to_be_focused()
    shows(page, "First again")
    expect(page.get_by_label("Message to the author")).to_have_value("My words.")
    assert not Decision.objects.exists()


def test_a_site_that_does_not_answer_loses_nothing(page, desk, moderator, complaints):
    complaints.allow("ERR_FAILED")
    make_reviews("First")
    page.goto(desk)
    rest(page)
    page.route("**/approve/", lambda route: route.abort())
    page.keyboard.press("a")

    expect(page.get_by_text("Nothing was decided; try again.")).to_be_visible()
    shows(page, "First")


def test_whoever_is_not_logged_in_any_more_is_led_to_the_login(page, desk, moderator):
    make_reviews("First")
    page.goto(desk)
    rest(page)
    page.context.clear_cookies(name="session")
    page.keyboard.press("j")
    page.keyboard.press("s")

    expect(page.get_by_label("Username")).to_be_visible()


def test_back_leads_to_the_review_before(page, desk, moderator):
    make_reviews("First", "Second")
    page.goto(desk)
    page.keyboard.press("j")
    shows(page, "Second")
    page.go_back()
    shows(page, "First")


@pytest.mark.parametrize("script", ["on", "off"])
def test_the_desk_works_by_keyboard_alone(request, script, desk, log_in):
    page = request.getfixturevalue("page" if script == "on" else "page_without_script")
    log_in(page, make_moderator(username="mary"))
    make_reviews("First", "Second")
    page.goto(desk)

    def tab_to(name):
        page.wait_for_load_state()
        for _number in range(80):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent").strip().startswith(name):
                return
        raise AssertionError(name)

    tab_to("Approve")
    page.keyboard.press("Enter")
    shows(page, "Second")
    expect(page.locator("#desk-undo")).to_contain_text("You approved “First”.")
    tab_to("Undo")
    page.keyboard.press("Enter")
    shows(page, "First")
    tab_to("Refuse…")
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio").first).to_be_visible()
    if script == "off":
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    for _number in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    shows(page, "Second")
    decision = Decision.objects.standing().get()
    assert decision.reason == list(Decision.Reason)[1]
    tab_to("Skip s")
    page.keyboard.press("Enter")
    shows(page, "Only reviews that you skipped are left")


@pytest.mark.parametrize("script", ["on", "off"])
def test_sales_messages_are_refused_together(request, script, desk, log_in):
    page = request.getfixturevalue("page" if script == "on" else "page_without_script")
    log_in(page, make_moderator(username="mary"))
    make_reviews("One", "Two", "Three", screened_as="spam")
    page.goto(desk)
    page.get_by_role("link", name="Refuse several together…").click()
    for title in ("One", "Three"):
        expect(page.get_by_role("checkbox", name=title)).not_to_be_checked()
        page.get_by_role("checkbox", name=title).check()
    page.get_by_role("button", name="Refuse those that are ticked").click()

    shows(page, "Two")
    expect(page.locator("#desk-undo")).to_contain_text("You refused 2 reviews.")
    assert Decision.objects.count() == 2


def test_two_moderators_see_each_other(page, open_page, desk, moderator, log_in):
    make_reviews("First", "Second")
    page.goto(desk)
    shows(page, "First")
    other = open_page()
    log_in(other, make_moderator(username="florence", first_name="Florence"))
    other.goto(desk)
    shows(other, "Second")

    other.get_by_role("link", name="First").click()
    shows(other, "First")
    expect(other.get_by_text("Mary is looking at this review, since")).to_be_visible()
    other.get_by_role("button", name="Take over").click()
    expect(other.get_by_role("button", name="Approve")).to_be_visible()
    assert Card.objects.in_order().first().holder().username == "florence"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_desk_has_no_accessibility_violation_and_no_sideways_scrolling(open_page, log_in, desk, axe, scheme):
    page = open_page(color_scheme=scheme)
    log_in(page, make_moderator(username="mary"))
    body = "Buy it from us, call 12345678. " * 3 + "x" * 200
    crisis = {**make_finding(body, "call"), "kind": "crisis"}
    findings = [
        make_finding(body, "Buy it"),
        crisis,
        make_finding(body, "12345678", kind="phone"),
        make_finding(body, "it from", kind="dose"),
    ]
    flagged = make_approved(
        title="Flagged", body=body, findings=findings, email="ada@example.org", reason_for_use="y" * 90
    )
    flagged.flag(reason="abusive", note="Names me.")
    appealed = make_appealed(title="Appealed", email="ada@example.org")
    edited = make_approved(title="Edited")
    edited.edit(make_wording(edited, body="Other words."))
    make_review(title="Spam", body=body, findings=findings, screened_as="spam")
    settled = make_approved(title="Settled")

    for width in (390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for address in (flagged.pk, appealed.pk, edited.pk, settled.pk, "several"):
            page.goto(f"{desk}{address}/")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
            if width != 768:
                axe(page)
    page.goto(f"{desk}{flagged.pk}/")
    page.keyboard.press("r")
    axe(page)
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    axe(page)
    page.goto(f"{desk}{flagged.pk}/".replace("desk", "review") + "history/")
    axe(page)
