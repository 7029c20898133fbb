"""The check before sending as its writers meet it: with script while they type, without it on a page between."""

import re

import pytest
from playwright.sync_api import expect

from monographs.open_forms import minute
from reviews.models import Review
from reviews.views import checked
from tests.factories import make_published

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("patience")]

BODY = "The ward is at 020 7946 0018, and kind."


@pytest.fixture
def ketamine():
    return make_published(title="Ketamine", slug="ketamine")


def open_form(page, server):
    page.goto(f"{server.url}/monographs/ketamine/reviews/new/")


def fill_in(page, body):
    page.locator("[name=rating][value='4']").check()
    page.locator("[name=title]").fill("Slept again")
    page.locator("[name=body]").fill(body)
    page.locator("[name=author_name]").fill("Ada")
    page.locator("[name=perspective][value=own]").check()
    page.locator("[name=consent]").check()


def tab_to(page, name):
    """Press Tab until a button with this name has the focus, on a page that moves the focus by itself no more."""
    page.wait_for_load_state()
    for _count in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip() == name:
            return
    pytest.fail(f"the keyboard does not reach “{name}”")


def test_without_script_and_by_keyboard_alone_a_writer_mends_and_sends(page_without_script, live_server, ketamine, axe):
    page = page_without_script
    open_form(page, live_server)
    fill_in(page, BODY)
    tab_to(page, "Send the review")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Before you send it")
    expect(page.locator("mark")).to_have_text("020 7946 0018")
    tab_to(page, "Change my review")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What may stop your review")).to_be_visible()
    expect(page.locator("[name=body]")).to_have_value(BODY)
    page.locator("[name=body]").fill("The ward is kind.")
    tab_to(page, "Send the review")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/reviews/mine/"))
    assert Review.objects.get().body == "The ward is kind."


def test_a_writer_sends_it_as_it_is_by_keyboard(page, live_server, ketamine, axe):
    open_form(page, live_server)
    fill_in(page, BODY)
    page.get_by_role("button", name="Send the review").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Before you send it")
    axe(page)
    tab_to(page, "Send it as it is")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/reviews/mine/"))
    assert Review.objects.get().body == BODY


def test_while_somebody_types_it_stands_below_the_field_and_is_announced(page, live_server, ketamine, axe):
    open_form(page, live_server)
    page.locator("[name=body]").fill(BODY)
    found = page.locator("#check-body")
    expect(found).to_contain_text("Telephone number: 020 7946 0018.")
    expect(page.locator(".check-live [role=status]")).to_have_text(re.compile("1 thing in your text may stop"))
    assert "check-body" in page.locator("[name=body]").get_attribute("aria-describedby")
    axe(page)
    page.locator("[name=body]").fill("The ward is kind.")
    expect(found).to_be_hidden()
    expect(page.locator(".check-live [role=status]")).to_have_text(re.compile("Nothing in your text"))


def test_help_appears_beside_words_of_danger_at_once_and_calmly(page, live_server, ketamine, axe):
    open_form(page, live_server)
    help_card = page.get_by_role("region", name="You can talk to somebody now")
    expect(help_card).to_be_hidden()
    page.locator("[name=body]").fill("I want to die.")
    expect(help_card).to_be_visible()
    expect(help_card.get_by_role("link", name="116 123")).to_have_attribute("href", "tel:116123")
    expect(page.locator(".check-live [role=status]")).to_have_text(re.compile("You can talk to somebody now"))
    axe(page)


def test_what_is_typed_is_not_lost_without_a_connection(page, live_server, ketamine, complaints):
    complaints.allow("ERR_FAILED")
    page.route("**/reviews/check/", lambda route: route.abort())
    open_form(page, live_server)
    with page.expect_event("requestfailed"):
        page.locator("[name=body]").fill(BODY)
    expect(page.locator("[name=body]")).to_have_value(BODY)
    expect(page.locator("#check-body")).to_have_count(0)


def test_a_pause_of_the_check_is_said_calmly_with_where_help_is_and_it_goes_on_by_itself(
    page, live_server, ketamine, axe, complaints, monkeypatch
):
    complaints.allow("429")
    monkeypatch.setattr(checked, "LIVE_PER_MINUTE", 0)
    monkeypatch.setattr(minute, "SECONDS", 1)
    open_form(page, live_server)
    page.locator("[name=body]").fill(BODY)
    pause = page.locator(".field", has=page.locator("[name=body]")).get_by_text("Checking pauses for a minute")
    expect(pause).to_be_visible()
    expect(page.locator(".field .check-paused").get_by_role("link", name="116 123")).to_be_visible()
    expect(page.locator(".check-live [role=status]")).to_have_text(re.compile("nothing is lost"))
    expect(page.locator("[name=body]")).to_have_value(BODY)
    axe(page)
    monkeypatch.setattr(checked, "LIVE_PER_MINUTE", 60)
    expect(page.locator("#check-body")).to_contain_text("Telephone number")
    expect(pause).to_be_hidden()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_page_between_does_not_scroll_sideways(page, live_server, ketamine, axe, width):
    page.set_viewport_size({"width": width, "height": 900})
    open_form(page, live_server)
    fill_in(page, f"{BODY} {'x' * 400}")
    page.get_by_role("button", name="Send the review").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Before you send it")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    axe(page)
    page.emulate_media(color_scheme="dark")
    axe(page)
