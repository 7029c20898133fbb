"""The editor with its live preview."""

import re

import pytest
from playwright.sync_api import expect

from monographs.publishing import contents_of, render_sections
from tests.browser.editor.acts import posts_of, preview_of, save, text_of
from tests.waiting import wait_for

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_preview_is_fetched_when_its_editor_is_used_and_not_before(page, open_form):
    posts = posts_of(page, "/preview/")
    open_form(page)
    expect(page.get_by_role("button", name="Show the preview")).to_have_count(5)
    assert posts == []
    page.get_by_role("button", name="Show the preview").first.click()
    expect(preview_of(page)).to_contain_text("It blocks receptors")
    expect(page.locator("#sections-0 iframe")).to_be_focused()
    assert len(posts) == 1
    text_of(page, 2).focus()
    expect(preview_of(page, 2)).to_contain_text("It blocks receptors")
    expect(page.get_by_role("button", name="Show the preview")).to_have_count(3)
    assert len(posts) == 2


def test_the_preview_is_what_publishing_makes_and_follows_the_text(page, open_form, monograph):
    open_form(page)
    text_of(page).press("Control+End")
    page.keyboard.type(" [@a-1]")
    expect(preview_of(page)).to_contain_text("So. [1]")
    save(page)
    text_of(page).focus()
    expect(preview_of(page)).to_contain_text("So. [1]")
    published = render_sections(contents_of(monograph))[0][0]["html"]
    shown = page.evaluate(
        "html => { const div = document.createElement('div'); div.innerHTML = html; return div.innerHTML; }", published
    )
    wait_for(lambda: preview_of(page).inner_html() == shown)
    assert 'id="uses--how"' in shown


def test_the_preview_has_the_look_of_the_page(page, open_form, live_server, monograph):
    monograph.publish(by=None, note="First.")
    look = (
        "element => { const s = getComputedStyle(element); return [s.fontFamily, s.fontSize, s.color, s.lineHeight]; }"
    )
    page.goto("/monographs/ketamine/")
    published = page.locator("#uses > p").first.evaluate(look)
    open_form(page)
    text_of(page).focus()
    wait_for(lambda: preview_of(page).locator("p").first.evaluate(look) == published)


def test_a_section_added_on_the_page_has_a_live_editor(page, open_form):
    open_form(page)
    page.get_by_role("button", name=re.compile("Add another section", re.I)).click()
    page.locator("#id_sections-5-heading").fill("History of use")
    text_of(page, 5).fill("## Early years\n\nIt was *first* made [@a-1].")
    expect(preview_of(page, 5)).to_contain_text("It was first made [1]")
    expect(preview_of(page, 5).locator("h3")).to_have_id("history-of-use--early-years")
    page.locator("#id_sections-5-heading").fill("Past")
    expect(preview_of(page, 5).locator("h3")).to_have_id("past--early-years")


def test_citations_are_numbered_from_the_references_as_they_stand(page, open_form):
    open_form(page)
    text_of(page).fill("See [@a-1], [@b-2], [@new-3].")
    expect(preview_of(page)).to_contain_text("See [1], [2], [@new-3?].")
    page.locator("#references-group summary").click()
    page.get_by_role("button", name=re.compile("Add another reference", re.I)).click()
    page.locator("#id_references-2-key").fill("new-3")
    expect(preview_of(page)).to_contain_text("See [1], [2], [3].")
    page.get_by_role("button", name="Move “new-3” up").click()
    expect(preview_of(page)).to_contain_text("See [1], [3], [2].")
    page.locator("#id_references-0-DELETE").check()
    expect(preview_of(page)).to_contain_text("See [@a-1?], [2], [1].")


def test_keys_keep_the_meaning_that_the_browser_gives_them(page, open_form):
    open_form(page)
    before = text_of(page).input_value()
    text_of(page).focus()
    expect(preview_of(page)).to_contain_text("It blocks")
    for key in ("Control+d", "Control+]", "Control+["):
        page.keyboard.press(key)
    assert text_of(page).input_value() == before
    text_of(page).press("Tab")
    expect(text_of(page)).not_to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(text_of(page)).to_be_focused()
    text_of(page).press("Shift+Tab")
    expect(page.locator("#sections-0 .library-open")).to_be_focused()
    assert text_of(page).input_value() == before


def test_the_editor_grows_with_its_text(page, open_form):
    open_form(page)
    text_of(page).fill("Line\n" * 60)
    wait_for(lambda: text_of(page).bounding_box()["height"] > 60 * 20)


def test_links_in_the_preview_do_not_leave_the_form(page, open_form):
    open_form(page)
    text_of(page).focus()
    preview_of(page).locator("a[href='#ref-b-2']").click()
    expect(preview_of(page)).to_contain_text("It blocks")
    expect(page).to_have_url(re.compile("/change/$"))
    assert len(page.context.pages) == 1
