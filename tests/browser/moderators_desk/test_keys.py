"""The moderators' desk by keyboard: what each key does, and when it does nothing."""

import pytest
from playwright.sync_api import expect

from reviews.models import Decision, Review
from tests.browser.moderators_desk.acts import make_reviews, rest, shows
from tests.factories_reviews import make_moderator

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


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

    for key in "rm":
        page.keyboard.press(key)
    expect(page.get_by_text("Nothing is sent before.")).to_be_visible()
    page.keyboard.press("7")
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
