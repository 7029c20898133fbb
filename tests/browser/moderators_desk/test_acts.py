"""Acts at the moderators' desk, what may come between, and how it looks."""

import re

import pytest
from playwright.sync_api import expect

from reviews.models import Card, Decision, Review
from tests.browser.moderators_desk.acts import make_reviews, rest, shows
from tests.factories_reviews import (
    make_appealed,
    make_approved,
    make_finding,
    make_moderator,
    make_review,
    make_wording,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


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
    # Before the page is opened: a route that comes later may miss the first request of a busy browser.
    page.route("**/approve/", lambda route: route.abort())
    page.goto(desk)
    rest(page)
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
