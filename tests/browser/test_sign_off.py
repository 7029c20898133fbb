"""The clinical reviewer, who has no account and may have no mouse; and the publisher's pages around that."""

import re

import pytest
from playwright.sync_api import expect

from monographs.models import SignOff
from tests.factories import EDITING, make_monograph, make_published, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def publisher():
    return make_user(*EDITING, "monographs.publish_monograph", username="grace", first_name="Grace")


@pytest.fixture
def monograph():
    monograph = make_monograph(
        title="Ketamine", slug="ketamine", body="It *blocks* receptors.[@a-1]\n\n- **One.** Two."
    )
    monograph.references.create(key="a-1", authors="Anis NA", year=1983, title="Dissociation", source="Br J Pharmacol")
    return monograph


def send(monograph, publisher):
    return monograph.send_for_sign_off(by=publisher, recipient="Dr Okafor")


def tab_to(page, field):
    """Press Tab until a field or button has the focus, as somebody without a mouse does once a page is loaded."""
    page.wait_for_load_state()
    for _press in range(120):
        page.keyboard.press("Tab")
        if page.locator(":focus").and_(field).count():
            return
    raise AssertionError(f"Tab never reached {field}")


@pytest.mark.parametrize("script", ["on", "off"])
def test_a_clinician_reads_comments_mends_and_signs_by_keyboard_only(request, script, publisher, monograph):
    page = request.getfixturevalue("page" if script == "on" else "page_without_script")
    comment = page.get_by_label("Your comment on “Side effects”")
    sign = page.get_by_role("button", name="Sign the text")
    page.goto(send(monograph, publisher).get_absolute_url())
    expect(page.get_by_text("For Dr Okafor: Grace asks you")).to_be_visible()
    expect(page.locator("#uses em")).to_have_text("blocks")

    tab_to(page, comment)
    page.keyboard.type("Say more about the liver.")
    tab_to(page, page.get_by_label("Your name"))
    page.keyboard.type("Dr Amara Okafor")
    tab_to(page, sign)
    page.keyboard.press("Enter")  # without credentials and without the declaration

    expect(page.locator(".error-summary")).to_be_focused()
    expect(comment).to_have_value("Say more about the liver.")
    expect(page.get_by_label("Your name")).to_have_value("Dr Amara Okafor")
    tab_to(page, page.get_by_role("link", name=re.compile("Give your credentials")))
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your credentials")).to_be_focused()
    page.keyboard.type("FRCA")
    tab_to(page, page.get_by_label("I have read this text"))
    page.keyboard.press("Space")
    tab_to(page, sign)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    expect(page.get_by_text("was signed by Dr Amara Okafor, FRCA")).to_be_visible()
    monograph.publish(by=None, note="First.")
    page.goto("/monographs/ketamine/")
    expect(page.get_by_text("Clinically reviewed by Dr Amara Okafor, FRCA, on")).to_be_visible()
    expect(page.get_by_text("Next review due")).to_be_visible()


def test_a_clinician_returns_the_text_and_the_publisher_reads_the_comments_by_section(
    page, open_page, log_in, publisher, monograph
):
    page.goto(send(monograph, publisher).get_absolute_url())
    page.get_by_label("Your comment on “Mechanism of action”").fill("Which receptor?")
    page.get_by_label("Your name").fill("Dr Okafor")
    page.get_by_role("button", name="Return it with comments").click()
    expect(page.get_by_text("was returned with comments by Dr Okafor")).to_be_visible()

    desk = open_page()
    log_in(desk, publisher)
    desk.goto(f"/admin/monographs/monograph/{monograph.pk}/sign-off/")
    entry = desk.locator(".sign-off-entry")
    expect(entry.get_by_role("heading")).to_have_text("Dr Okafor: returned with comments")
    expect(entry.locator("dt")).to_have_text("Mechanism of action")
    expect(entry.locator("dd")).to_have_text("Which receptor?")


def test_the_browser_asks_before_a_page_with_comments_is_left(page, publisher, monograph):
    page.goto(send(monograph, publisher).get_absolute_url())
    page.get_by_label("Your name").press_sequentially("Dr")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/")
    assert asked == ["beforeunload"]


def test_a_publisher_sends_a_text_copies_the_link_and_it_opens_for_somebody_without_an_account(
    page, open_page, log_in, publisher, monograph
):
    log_in(page, publisher)
    page.goto(f"/admin/monographs/monograph/{monograph.pk}/change/")
    page.get_by_role("link", name="Sign-off…").click()
    page.get_by_label("Who is asked?").fill("Dr Okafor")
    page.get_by_role("button", name="Make the link").click()
    link = page.get_by_label("It is shown this once: copy it now.").input_value()  # waits until it is there
    clinician = open_page()
    clinician.goto(link.replace("http://testserver", ""))
    expect(clinician.get_by_role("heading", level=1)).to_have_text("Ketamine")
    assert clinician.context.cookies() == []


def test_an_editor_asks_and_a_publisher_returns_then_publishes(page, open_page, log_in, publisher, monograph):
    log_in(page, make_user(*EDITING, username="ada", first_name="Ada"))
    page.goto(f"/admin/monographs/monograph/{monograph.pk}/change/")
    page.get_by_role("link", name="Ask for publication…").click()
    page.get_by_label("What should be published, and why?").fill("The first text.")
    page.get_by_role("button", name="Ask the publishers").click()
    expect(page.locator(".request-note")).to_contain_text("Ada asked for publication on")

    desk = open_page()
    log_in(desk, publisher)
    desk.goto("/admin/")
    desk.locator("#desk-requests").get_by_role("link", name="Ketamine").click()
    desk.get_by_role("link", name="Return it with a message…").click()
    desk.get_by_label("What should be mended?").fill("Cite the dose.")
    with desk.expect_navigation():
        desk.get_by_role("button", name="Return the text").click()
    page.reload()
    expect(page.locator(".request-note")).to_contain_text("Cite the dose.")


PAGES = ["change/", "publish/", "request/", "request/return/", "sign-off/", "review-due/"]


@pytest.mark.parametrize("width", [768, 1280])
def test_the_pages_of_the_desk_have_no_accessibility_violation(open_page, log_in, axe, publisher, width):
    page = open_page(viewport={"width": width, "height": 900})
    monograph = make_published(title="Ketamine", slug="ketamine", body="One.")
    monograph.edition_in_force.record_review(by=publisher, name="Dr Ito", note="All holds.")
    monograph.sections.update(body="Two.")
    sign_off = send(monograph, publisher)
    sign_off.send_back(name="Dr Okafor", comments=[{"anchor": "uses", "heading": "Medical uses", "text": "Cite."}])
    send(monograph, publisher)
    log_in(page, publisher)
    page.goto(f"/admin/monographs/monograph/{monograph.pk}/request/")
    axe(page)
    monograph.ask_for_publication(by=publisher, note="Please.")
    for address in ("/admin/", *(f"/admin/monographs/monograph/{monograph.pk}/{name}" for name in PAGES)):
        page.goto(address)
        axe(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Record a review of edition 1").click()
    axe(page)


def test_the_clinicians_pages_have_no_accessibility_violation_and_no_sideways_scrolling(
    page, axe, complaints, publisher, monograph
):
    complaints.allow("status of 404", "status of 410")
    sign_off = send(monograph, publisher)
    states = [sign_off.get_absolute_url(), "/sign-off/made-up/"]
    monograph.sections.update(body="Changed since.")
    for address in states:
        for width in (320, 390, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(address)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        axe(page)
    page.goto(states[0])
    page.get_by_role("button", name="Sign the text").click()
    expect(page.locator(".error-summary")).to_be_focused()
    axe(page)
    page.emulate_media(color_scheme="dark")
    page.reload()
    axe(page)
    page.emulate_media(color_scheme="light")
    SignOff.objects.get().revoke(by=publisher)
    assert page.goto(states[0]).status == 410
    axe(page)
