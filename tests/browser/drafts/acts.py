"""What a writer does with the form of a monograph, and what the browser keeps of it."""

import re

from playwright.sync_api import expect

FRAME = "about:srcdoc"  # what the test's own scripts meet in the preview's frame, which lets no script run
ADD_SECTION = re.compile("Add another section", re.I)


def visit(page, monograph):
    """Open the form, and wait until what was typed before is offered and what is typed next is kept."""
    page.goto(f"/admin/monographs/monograph/{monograph.pk}/change/")
    return ready(page)


def ready(page):
    expect(page.locator("#drafts[data-ready]")).to_be_attached()
    return page


def visit_without_script(page, monograph):
    page.goto(f"/admin/monographs/monograph/{monograph.pk}/change/")


def text_of(page, index=0):
    return page.locator(f"#id_sections-{index}-body")


def type_into(page, index, text):
    """Type at the end of a section."""
    text_of(page, index).press("Control+End")
    page.keyboard.type(text)
    kept(page)


def kept(page):
    """Let the page keep what is typed at once, as it does when it is left, and not in a moment."""
    page.evaluate("window.dispatchEvent(new Event('pagehide'))")


def drafts_in(page):
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('draft:'))")


def offers(page):
    return page.locator(".draft-offer")


def offer(page):
    found = offers(page)
    expect(found).to_have_count(1)
    return found


def put_back(page):
    """Take the one offer that there is."""
    offer(page)
    press(page, "Put it back")


def no_offer(page):
    expect(offers(page)).to_have_count(0)


def come_back(page, monograph, complaints):
    """Kill the tab, without a word to the page, and open the form in another one."""
    context = page.context
    page.close(run_before_unload=False)
    again = context.new_page()
    again.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    again.on("pageerror", lambda error: complaints.append(str(error)))
    return visit(again, monograph)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def save(page):
    with page.expect_navigation():
        page.get_by_role("button", name="Save and continue editing").first.click()
    expect(page.locator(".messagelist .success, .errornote").first).to_be_visible()


def bodies(monograph):
    return [section.body for section in monograph.sections.all()]
