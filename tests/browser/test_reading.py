"""Reading a monograph: citations, pictures, sharing, answers and errors, with and without script, by keyboard."""

import re

import pytest
from playwright.sync_api import expect

from monographs.models import Edition, PageVote
from tests.checks.library import make_everything
from tests.factories import make_published, make_user
from tests.waiting import wait_for

pytestmark = [pytest.mark.django_db(transaction=True)]

PAGE = "/monographs/everything/"
TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.fixture(autouse=True)
def everything():
    return make_everything()


def card(page):
    return page.locator("#citation-card")


def test_a_reference_shows_beside_its_citation_on_focus_and_goes_with_escape(page, axe):
    page.goto(PAGE)
    citation = page.locator(".cite a").first
    citation.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(card(page)).to_contain_text("A title")
    expect(citation).to_have_attribute("aria-describedby", "citation-card")
    axe(page)
    page.keyboard.press("Escape")
    expect(card(page)).to_have_count(0)
    expect(citation).to_be_focused()


def test_a_reference_shows_while_it_is_pointed_at_and_stays_under_the_pointer(page):
    page.goto(PAGE)
    citation = page.locator(".cite a").first
    citation.scroll_into_view_if_needed()
    page.evaluate(TWO_FRAMES)  # a page that scrolls hides the card, and tells so with its next frame
    page.clock.install()
    citation.hover()
    expect(card(page)).to_contain_text("A title")
    card(page).hover()
    page.clock.run_for(1_000)
    expect(card(page)).to_be_visible()
    page.mouse.move(0, 0)
    expect(card(page)).to_have_count(0)


def test_a_tap_shows_the_reference_a_tap_beside_it_hides_it_and_a_second_tap_leads_to_it(open_page):
    page = open_page(viewport={"width": 390, "height": 844}, has_touch=True, reduced_motion="reduce")
    page.goto(PAGE)
    citation = page.locator(".cite a").first
    citation.tap()
    expect(card(page)).to_contain_text("A title")
    expect(page).to_have_url(re.compile("/everything/$"))
    page.locator("h2").filter(has_text="Medical uses").tap()
    expect(card(page)).to_have_count(0)
    citation.tap()
    expect(card(page)).to_be_visible()
    citation.tap()
    expect(page).to_have_url(re.compile("#ref-green-2011$"))


def test_a_long_list_of_contents_scrolls_along_with_its_mark(open_page):
    page = open_page(viewport={"width": 1280, "height": 250}, reduced_motion="reduce")
    page.goto(PAGE)
    last = page.locator(".contents a").last
    expect(last).not_to_be_in_viewport()
    page.locator(".article > section").last.evaluate("section => section.scrollIntoView()")
    expect(last).to_have_attribute("aria-current", "location")
    expect(last).to_be_in_viewport()


def test_without_script_a_citation_leads_to_its_reference(page_without_script):
    page = page_without_script
    page.goto(PAGE)
    page.locator(".cite a").first.click()
    expect(page).to_have_url(re.compile("#ref-green-2011$"))
    expect(page.locator("#ref-green-2011")).to_be_in_viewport()


def test_a_picture_opens_in_full_size_by_keyboard_without_script(page_without_script, complaints):
    # A picture by itself names no icon, so the browser asks for one where there is none.
    complaints.allow("status of 404")
    page = page_without_script
    page.goto(PAGE)
    page.get_by_role("link", name="Open the picture in full size").first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/media/pictures/[0-9a-f]{16}\.(png|jpg)$"))
    expect(page.locator("img")).to_be_visible()


def test_a_wide_table_scrolls_by_keyboard_inside_itself(open_page):
    page = open_page(viewport={"width": 390, "height": 844})
    page.goto(PAGE)
    table = page.get_by_role("region", name=re.compile("Table 1: Form, Given by"))
    table.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    wait_for(lambda: table.evaluate("table => table.scrollLeft") > 0)
    assert page.evaluate("scrollX") == 0


def test_the_address_is_copied_or_sent(open_page):
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(PAGE)
    page.get_by_role("button", name="Copy Address of this page").click()
    wait_for(lambda: page.evaluate("navigator.clipboard.readText()").endswith(PAGE))
    mail = page.get_by_role("link", name="Send by e-mail").get_attribute("href")
    assert mail.startswith("mailto:?subject=")
    assert mail.endswith("monographs%2Feverything%2F")


def test_the_devices_own_way_of_sharing_is_offered_where_there_is_one(page):
    page.add_init_script("navigator.share = async data => { window.shared = data }")
    page.goto(PAGE)
    page.get_by_role("button", name="Share…").click()
    assert page.evaluate("window.shared.url").endswith(PAGE)


@pytest.mark.parametrize("script", ["on", "off"])
def test_an_answer_and_its_reason_are_given_by_keyboard(request, script, axe):
    page = request.getfixturevalue("page" if script == "on" else "page_without_script")
    page.goto(PAGE)
    page.get_by_role("button", name="No", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. It is counted")
    page.get_by_label("It is hard to understand").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Send the reason").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("You said that the page was not helpful: “It is hard to understand”.")).to_be_visible()
    if script == "on":
        axe(page)
    assert PageVote.objects.get().reason == "unclear"


def test_an_error_is_reported_with_the_section_it_is_in(page):
    page.goto(PAGE)
    page.get_by_role("link", name=re.compile("Report an error in this section.*Side effects")).click()
    expect(page.get_by_label("Where is the error?")).to_have_value("effects")


def test_the_alphabet_leads_from_page_to_page(page):
    make_published(title="Forty", slug="forty")
    make_published(title="Ketamine", slug="ketamine")
    page.goto("/monographs/forty/")
    page.get_by_role("navigation", name="Neighbours in the alphabet").get_by_role("link", name="Next Ketamine").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ketamine")


def test_what_is_printed_has_its_references_edition_and_address_and_nothing_to_press(page):
    page.goto(PAGE)
    page.emulate_media(media="print")
    edition = Edition.objects.in_force().get()
    for text in (edition.references[-1]["title"], f"Edition {edition.number}", edition.get_absolute_url()):
        expect(page.get_by_text(text).locator("visible=true").first).to_be_visible()
    for name in (".actions", ".tabs", ".contents", ".masthead form", ".whole", ".helpful", ".more", ".section-foot"):
        expect(page.locator(f"{name} >> visible=true")).to_have_count(0)


def test_the_style_guide_has_no_fault_that_axe_finds(page, log_in, axe):
    log_in(page, make_user())
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto("/styleguide/")
        axe(page)
        page.set_viewport_size({"width": 320, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        axe(page)
