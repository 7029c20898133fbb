"""Searching, as people type and press it."""

import re

import pytest
from playwright.sync_api import expect

from monographs.models import Topic
from tests.factories import make_monograph

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _library():
    topic = Topic.objects.create(name="Anaesthetics", slug="anaesthetics", description="They put to sleep.")
    for title, names in [("Ketamine", "Ketalar"), ("Ketoprofen", "Oruvail"), ("Esketamine", "Spravato")]:
        monograph = make_monograph(title=title, slug=title.lower(), other_names=names, body="It blocks receptors.")
        monograph.topics.add(topic)
        monograph.publish(by=None, note="First.")


def test_names_are_suggested_and_chosen_with_the_keyboard(page, live_server, axe):
    page.goto(live_server.url)
    field = page.get_by_role("combobox", name="Search medicines")
    field.press_sequentially("ket")
    options = page.get_by_role("listbox", name="Suggestions").get_by_role("option")
    expect(options).to_have_count(2)
    expect(field).to_have_attribute("aria-expanded", "true")
    axe(page)
    field.press("ArrowDown")
    field.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", "suggestion-1")
    field.press("ArrowDown")
    expect(field).not_to_have_attribute("aria-activedescendant", re.compile("."))
    field.press("ArrowUp")
    field.press("Enter")
    expect(page).to_have_url(re.compile("/monographs/ketoprofen/$"))


def test_escape_closes_the_suggestions_and_keeps_what_was_typed(page, live_server):
    page.goto(f"{live_server.url}/monographs/ketamine/")
    field = page.get_by_role("combobox", name="Search medicines")
    field.press_sequentially("spra")
    options = page.get_by_role("option")
    expect(options).to_have_text(["Spravato Esketamine"])
    field.press("Escape")
    expect(options).to_have_count(0)
    expect(field).to_have_value("spra")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press("ArrowDown")
    expect(options).to_have_count(1)
    field.press("Tab")
    expect(options).to_have_count(0)


def test_a_suggestion_can_be_clicked(page, live_server):
    page.goto(f"{live_server.url}/topics/")
    page.locator("#q").press_sequentially("oru")
    page.get_by_role("option", name="Oruvail").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ketoprofen")


def test_enter_searches_for_what_was_typed_and_a_hit_leads_to_its_section(page, live_server):
    page.goto(live_server.url)
    field = page.locator("#q")
    field.press_sequentially("ketemine blocks")
    field.press("Enter")
    expect(page.get_by_text("Showing results for ketamine blocks")).to_be_visible()
    expect(page.locator("mark").first).to_be_visible()
    hit = page.get_by_role("link", name=re.compile(r"\(Ketamine\)")).first
    anchor = hit.get_attribute("href").partition("#")[2]
    hit.click()
    expect(page).to_have_url(re.compile(f"/monographs/ketamine/#{anchor}$"))
    expect(page.locator(f"#{anchor}")).to_be_in_viewport()


def test_where_no_page_is_the_large_field_and_its_button_stand_side_by_side(page, live_server, complaints):
    complaints.allow("404")
    page.goto(f"{live_server.url}/nothing/")
    field = page.get_by_role("combobox", name="Search medicines").bounding_box()
    button = page.get_by_role("button", name="Search").bounding_box()
    assert (button["y"], button["height"]) == (field["y"], field["height"])
    assert button["x"] == field["x"] + field["width"]


def test_without_script_the_search_is_a_form(page_without_script, live_server):
    page = page_without_script
    page.goto(live_server.url)
    page.get_by_role("searchbox").fill("oruvail")
    page.keyboard.press("Enter")
    page.get_by_label("Topic").select_option("Anaesthetics")
    page.get_by_role("button", name="Narrow").click()
    expect(page.get_by_role("heading", name="1 monograph for “oruvail”")).to_be_visible()
    page.get_by_role("link", name="Ketoprofen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ketoprofen")


ADDRESSES = [
    *(
        "/search/",
        "/search/?q=k",
        "/search/?q=receptors",
        "/search/?q=ketemine",
        "/search/?q=xqzwvj&topic=anaesthetics",
    ),
    *("/search/?q=ketamine&in=reviews", "/monographs/?letter=K", "/monographs/?show=new", "/monographs/?show=changed"),
    *("/topics/anaesthetics/", "/search/?q=ketamine+blocks+dissociation"),
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_pages_have_no_accessibility_violation_and_no_sideways_scrolling(page, live_server, axe, address):
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(live_server.url + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    axe(page)
    page.emulate_media(color_scheme="dark")
    page.reload()
    axe(page)
