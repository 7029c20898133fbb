"""The checklist in a real browser: live while somebody writes, and each finding leads to its place."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.offline import go_offline
from tests.factories import EDITING, make_monograph, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def writer():
    return make_user(*EDITING, "monographs.publish_monograph", username="writer")


@pytest.fixture
def monograph():
    monograph = make_monograph(title="Ketamine", slug="ketamine", body="It blocks receptors [@a-1].")
    monograph.sections.filter(kind="uses").update(body="It works.\n\n" + "A line.\n\n" * 40 + "It helps [@nobody].")
    monograph.references.create(key="a-1", authors="A", year=2000, title="T", source="S", pmid="1")
    return monograph


@pytest.fixture
def open_form(log_in, writer, monograph):
    def open_form(page, name="change"):
        log_in(page, writer)
        page.goto(f"/admin/monographs/monograph/{monograph.pk}/{name}/")

    return open_form


def checklist(page):
    return page.locator("form .checklist")


def finding(page, words):
    return checklist(page).get_by_role("link", name=re.compile(words))


def test_the_checklist_follows_what_is_written_before_it_is_saved(page, open_form):
    open_form(page)
    expect(checklist(page).locator("summary")).to_contain_text("1 error, 1 warning")
    checklist(page).locator("summary").click()
    expect(finding(page, "nobody")).to_be_visible()
    page.locator("#id_sections-0-body").fill("Take 20 daily.")
    expect(finding(page, "20 of what")).to_be_visible()
    expect(finding(page, "nobody")).to_have_count(0)
    expect(checklist(page).get_by_role("status")).to_have_text("Checklist: 2 warnings")
    page.locator("#id_sections-1-body").fill("")
    expect(finding(page, "It has no text")).to_have_attribute("href", "#id_sections-1-body")
    expect(checklist(page).get_by_role("status")).to_have_text("Checklist: 1 error, 2 warnings")


def test_nothing_is_asked_for_until_somebody_writes(page, open_form):
    posts = []
    page.on("request", lambda request: posts.append(request.url) if "/checklist/" in request.url else None)
    page.clock.install()
    open_form(page)
    page.clock.pause_at(timezone.now() + timedelta(minutes=1))
    assert posts == []
    page.locator("#id_summary").press_sequentially("Some words")
    with page.expect_response("**/checklist/"):
        page.clock.run_for(60_000)
    assert len(posts) == 1


def test_rows_that_are_added_and_moved_keep_their_places(page, open_form):
    open_form(page)
    checklist(page).locator("summary").click()
    page.get_by_role("button", name=re.compile("Add another section", re.I)).click()
    page.locator("#id_sections-5-heading").fill("History")
    expect(finding(page, "Section “History”: It has no text")).to_have_attribute("href", "#id_sections-5-body")
    page.get_by_role("button", name="Move “Mechanism of action” up").click()
    page.locator("#id_sections-1-body").fill("See [@other].")
    expect(finding(page, "@other")).to_have_attribute("href", "#id_sections-1-body")


def test_a_finding_leads_to_its_line_by_keyboard(page, open_form):
    open_form(page)
    checklist(page).locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(finding(page, "nobody")).to_be_focused()
    page.keyboard.press("Enter")
    text = page.locator("#id_sections-0-body")
    expect(text).to_be_focused()
    chosen = text.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)")
    assert chosen == "It helps [@nobody]."
    bottom = text.bounding_box()["y"] + text.bounding_box()["height"]
    bar = checklist(page).bounding_box()
    # The line is the last of the text, and stands between the bar and the foot of the window.
    assert bar["y"] + bar["height"] < bottom < 900


def test_a_finding_opens_the_group_that_hides_its_field(page, open_form):
    open_form(page)
    checklist(page).locator("summary").click()
    expect(page.locator("#id_references-0-checked_on")).to_be_hidden()
    finding(page, "when it was checked").click()
    expect(page.locator("#id_references-0-checked_on")).to_be_focused()


def test_the_checklist_is_there_without_script(page_without_script, open_form, monograph):
    page = page_without_script
    open_form(page)
    checklist(page).locator("summary").click()
    finding(page, "nobody").click()
    expect(page).to_have_url(re.compile("#id_sections-0-body$"))


def test_the_publish_page_has_the_checklist_and_leads_to_the_form(page, open_form, axe):
    open_form(page, "publish")
    part = page.get_by_role("region", name="Checklist")
    expect(part.get_by_role("heading", name="To mend before it can be published")).to_be_visible()
    expect(part.get_by_role("heading", name="Worth a look")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("1 thing in the text must be mended first.")
    expect(page.get_by_text("is cited, but no reference")).to_have_count(1)
    axe(page)
    part.get_by_role("link", name=re.compile("when it was checked")).click()
    expect(page).to_have_url(re.compile("/change/#id_references-0-checked_on$"))
    expect(page.locator("#id_references-0-checked_on")).to_be_visible()


def test_a_lost_connection_is_said_and_forgotten(page, open_form, complaints):
    complaints.allow("ERR_INTERNET_DISCONNECTED", r"^\s*$")
    open_form(page)
    go_offline(page)
    page.locator("#id_summary").fill("Written offline.")
    expect(checklist(page).get_by_text("The checklist could not be fetched")).to_be_visible()
    page.context.set_offline(False)
    page.locator("#id_summary").fill("")
    expect(checklist(page).get_by_role("status")).to_have_text("Checklist: 2 errors, 1 warning")


@pytest.mark.parametrize("width", [768, 1280])
@pytest.mark.parametrize("is_open", [False, True])
def test_the_checklist_takes_the_width_that_is_there_and_axe_finds_nothing(open_page, open_form, axe, width, is_open):
    page = open_page(viewport={"width": width, "height": 900})
    open_form(page)
    if width == 768:  # where the list of everything is not shown
        assert checklist(page).bounding_box()["width"] > 700
    if is_open:
        checklist(page).locator("summary").click()
    axe(page, "form .checklist")


def test_a_field_that_gets_the_focus_is_not_under_the_bar(page, open_form):
    open_form(page)
    checklist(page).locator("summary").click()
    page.locator("#id_sections-2-body").focus()
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        top = page.evaluate("document.activeElement.getBoundingClientRect().top")
        bar = checklist(page).bounding_box()
        inside = page.evaluate("Boolean(document.activeElement.closest('.checklist'))")
        assert inside or top >= bar["y"] + bar["height"] - 1 or bar["y"] > 0
