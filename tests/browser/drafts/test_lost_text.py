"""Text typed into the form of a monograph and lost is offered back."""

import re
from contextlib import suppress

import pytest
from playwright.sync_api import Error, expect

from tests.browser.drafts.acts import (
    ADD_SECTION,
    bodies,
    come_back,
    drafts_in,
    kept,
    no_offer,
    offer,
    press,
    put_back,
    save,
    text_of,
    type_into,
    visit,
)
from tests.factories import EDITING, make_monograph, make_user
from tests.waiting import wait_for

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_save_that_leads_on_to_publishing_leaves_no_draft_behind(page, form, monograph):
    form(page, make_user(is_superuser=True))
    type_into(page, 0, " Typed.")
    assert len(drafts_in(page)) == 1
    with page.expect_navigation():
        page.get_by_role("button", name="Save and publish…").first.click()
    expect(page.get_by_role("button", name="Publish edition 1 now")).to_be_visible()
    assert bodies(monograph)[0] == "As it was. Typed."
    assert drafts_in(page) == []


def test_text_typed_in_a_tab_that_is_killed_is_offered_back_and_gone_after_a_save(
    page, form, monograph, complaints, axe
):
    form(page)
    text_of(page).press("Control+End")
    page.keyboard.type(" Typed, not saved.")
    wait_for(lambda: any("Typed, not saved." in draft for draft in page.evaluate("Object.values(localStorage)")))
    page = come_back(page, monograph, complaints)
    expect(offer(page).get_by_role("status")).to_contain_text(
        re.compile(r"typed here on \d+ \w+ \d{4} at \d\d:\d\d was not")
    )
    expect(text_of(page)).to_have_value("As it was.")
    axe(page)
    press(page, "Put it back")
    expect(offer(page).get_by_role("status")).to_be_focused()
    expect(text_of(page)).to_have_value("As it was. Typed, not saved.")
    save(page)
    assert bodies(monograph)[0] == "As it was. Typed, not saved."
    assert drafts_in(page) == []
    expect(page).to_have_url(re.compile("/change/$"))
    no_offer(visit(page, monograph))


def test_text_typed_in_a_tab_that_crashes_is_offered_back(page, form, monograph, complaints):
    form(page)
    type_into(page, 0, " Typed, not saved.")
    context = page.context
    with page.expect_event("crash"), suppress(Error):
        page.goto("chrome://crash", timeout=2_000)
    page = visit(context.new_page(), monograph)
    put_back(page)
    expect(text_of(page)).to_have_value("As it was. Typed, not saved.")


def test_text_put_back_and_lost_again_is_offered_again(page, form, monograph, complaints):
    form(page)
    type_into(page, 0, " Typed, not saved.")
    page = come_back(page, monograph, complaints)
    put_back(page)
    page = come_back(page, monograph, complaints)
    put_back(page)
    expect(text_of(page)).to_have_value("As it was. Typed, not saved.")
    assert len(drafts_in(page)) == 1


def test_everything_else_that_was_done_comes_back_as_well(page, form, monograph, complaints):
    form(page)
    page.locator("#id_subtitle").fill("An anaesthetic")
    page.get_by_role("button", name=ADD_SECTION).click()
    page.locator("#id_sections-5-heading").fill("History")
    text_of(page, 5).fill("Long ago.\n\nIn 1962.")
    page.get_by_role("button", name="Move “History” up").click()
    page.get_by_role("button", name="Move “Half-life” up").click()
    page.locator("#id_facts-0-DELETE").check()
    page.locator("#id_facts-1-value").fill("Drip")
    kept(page)
    page = come_back(page, monograph, complaints)
    put_back(page)
    expect(page.locator("#id_facts-0-DELETE")).to_be_checked()
    save(page)
    monograph.refresh_from_db()
    assert monograph.subtitle == "An anaesthetic"
    sections = [(section.heading, section.body) for section in monograph.sections.all()]
    assert sections[4] == ("History", "Long ago.\r\n\r\nIn 1962.")
    assert len(sections) == 6
    assert [(fact.label, fact.value) for fact in monograph.facts.all()] == [("Half-life", "Some"), ("Given by", "Drip")]
    assert drafts_in(page) == []


def test_nothing_is_kept_of_a_form_in_which_nobody_typed(page, form):
    form(page)
    page.get_by_role("button", name=ADD_SECTION).click()
    text_of(page).press("End")
    page.keyboard.type("x")
    page.keyboard.press("Backspace")
    kept(page)
    assert drafts_in(page) == []


def test_text_that_is_stored_by_now_is_not_offered(page, form, monograph, complaints):
    form(page)
    type_into(page, 0, " Typed.")
    monograph.sections.filter(kind="uses").update(body="As it was. Typed.")
    page = come_back(page, monograph, complaints)
    no_offer(page)
    assert drafts_in(page) == []


def test_the_comparison_shows_what_was_typed_as_text_and_the_keyboard_reaches_it(
    page, form, monograph, complaints, axe
):
    form(page)
    text_of(page).fill("As it <b onclick=alert(1)>is</b>.")
    page.get_by_role("button", name=ADD_SECTION).click()
    page.locator("#id_sections-5-heading").fill("History")
    kept(page)
    page = come_back(page, monograph, complaints)
    button = offer(page).get_by_role("button", name="Compare")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    shown = page.locator(".draft-comparison")
    expect(shown.locator("h3")).to_have_text(["Sections: Medical uses, Text", "Sections: History (a new row)"])
    expect(shown.locator("del")).to_have_text("was.")
    expect(shown.locator("ins").first).to_have_text("<b onclick=alert(1)>is</b>.")
    expect(shown.locator("ins").last).to_contain_text("History")
    axe(page)
    page.keyboard.press("Enter")
    expect(shown).to_have_count(0)
    expect(button).to_have_attribute("aria-expanded", "false")


def test_a_discarded_text_is_gone_and_can_be_taken_back_at_once(page, form, monograph, complaints):
    form(page)
    type_into(page, 0, " Typed.")
    page = come_back(page, monograph, complaints)
    offer(page)
    press(page, "Discard")
    assert drafts_in(page) == []
    undo = page.get_by_role("button", name="Take it back")
    expect(undo).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Put it back")).to_be_focused()
    assert len(drafts_in(page)) == 1
    press(page, "Discard")
    no_offer(visit(page, monograph))


def test_nobody_else_is_offered_the_text_on_a_shared_browser(page, form, monograph, complaints, log_in):
    form(page)
    type_into(page, 0, " Typed by the writer.")
    log_in(page, make_user(*EDITING, username="other"))
    page = come_back(page, monograph, complaints)
    no_offer(page)
    assert "Typed by the writer" not in page.content()


def test_text_is_offered_with_its_own_monograph_alone(page, form, monograph, complaints):
    other = make_monograph(title="Esketamine")
    form(page)
    type_into(page, 0, " Typed.")
    page = come_back(page, other, complaints)
    no_offer(page)
    offer(visit(page, monograph))
