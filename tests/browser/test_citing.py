"""Copying a citation: by a button with script, by selecting without."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.factories import make_published
from tests.waiting import wait_for

pytestmark = pytest.mark.django_db(transaction=True)

CITED = "Ketamine [Internet]. Edition 1. Monograph Portal; "
SELECTED = "() => getSelection().toString()"


@pytest.fixture
def address():
    return make_published(title="Ketamine", slug="ketamine").edition_in_force.get_absolute_url()


def test_a_click_selects_a_whole_citation_without_script(page_without_script, address):
    page = page_without_script
    page.goto(f"{address}cite/")
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
    page.locator(".cite-text").first.click(position={"x": 40, "y": 20})
    page.keyboard.press("Control+C")
    page.goto("/search/")
    page.locator("#q").focus()
    page.keyboard.press("Control+V")
    expect(page.locator("#q")).to_have_value(re.compile(f"^{re.escape(CITED)}"))


def test_a_button_copies_and_says_so(open_page, address):
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.clock.install()
    page.goto(f"{address}cite/")
    page.clock.pause_at(timezone.now() + timedelta(minutes=1))
    page.get_by_role("button", name="Copy Vancouver").press("Enter")
    expect(page.get_by_role("status")).to_have_text("Copied: Vancouver")
    assert page.evaluate("navigator.clipboard.readText()").startswith(CITED)
    page.get_by_role("button", name="Copy BibTeX").click()
    expect(page.get_by_role("status")).to_have_text("Copied: BibTeX")
    assert page.evaluate("navigator.clipboard.readText()").startswith("@misc{ketamine-edition-1,")


def test_where_the_clipboard_is_refused_the_text_is_selected_and_copied_the_old_way(page, address):
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto(f"{address}cite/")
    page.get_by_role("button", name="Copy Vancouver").click()
    wait_for(lambda: page.evaluate(SELECTED).startswith(CITED))


def test_the_monograph_page_opens_its_citations_by_keyboard(page, axe, address):
    page.goto("/monographs/ketamine/")
    page.get_by_text("Cite this page").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Copy APA").press("Enter")
    axe(page, "#cite")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_cite_page_has_no_fault_that_axe_finds_and_no_sideways_scrolling(open_page, axe, address, scheme, width):
    page = open_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(f"{address}cite/")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_structured_data_is_there_and_the_content_policy_has_no_complaint(page, address):
    page.goto("/monographs/ketamine/")
    texts = page.locator("script[type='application/ld+json']").all_inner_texts()
    assert "MedicalWebPage" in texts[0]
