"""The desk of editors and publishers: their story by keyboard alone, and every page of it looked at by axe."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from monographs.models import Edition
from tests.browser.test_stories import member_of
from tests.factories import make_correction, make_monograph, make_picture, make_published, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Keyboard:
    """Somebody who has a page in front of them and no mouse."""

    def __init__(self, page):
        self.page = page

    def reach(self, selector, most=400):
        """Go forward until the element that has the focus matches."""
        for _step in range(most):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"the keyboard does not reach {selector}")

    def press(self, selector):
        """Press a link or a button that leads to another page."""
        self.reach(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def write(self, selector, text):
        self.reach(selector)
        self.page.keyboard.press("Control+End")
        self.page.keyboard.type(text)


@pytest.fixture
def monograph():
    return make_published(title="Ketamine", slug="ketamine", body="It blocks receptors.")


def link_to(monograph, page):
    return f"a[href$='/monographs/monograph/{monograph.pk}/{page}/']"


def test_an_editor_asks_a_publisher_returns_and_then_publishes_with_the_keyboard_alone(
    open_page, log_in, monograph, live_server
):
    editor, publisher = (
        open_page(viewport={"width": 1280, "height": 900}),
        open_page(viewport={"width": 768, "height": 900}),
    )
    log_in(editor, member_of("Editors"))
    log_in(publisher, member_of("Publishers"))
    writes, decides = Keyboard(editor), Keyboard(publisher)

    editor.goto(f"/admin/monographs/monograph/{monograph.pk}/change/")
    writes.write("#id_sections-0-body", " It acts within a minute.")
    writes.press("input[name='_continue']")
    expect(editor.get_by_text("Only the working copy is saved.")).to_be_visible()
    writes.press(link_to(monograph, "request"))
    writes.write("#id_note", "Onset added.")
    writes.press("button[type=submit].default")
    expect(editor.get_by_text("You have asked.")).to_be_visible()

    publisher.goto("/admin/")
    decides.press("#desk-requests a")
    expect(publisher.locator(".change-text ins").first).to_contain_text("It acts within a minute.")
    decides.press("a[href*='/request/return/']")
    decides.write("#id_message", "Name the source.")
    decides.press("button[type=submit].default")
    expect(publisher.get_by_text("reads your message now.")).to_be_visible()

    editor.goto("/admin/")
    expect(editor.locator("#desk-returned")).to_contain_text("Name the source.")
    writes.press("#desk-returned a")
    writes.press(link_to(monograph, "request"))
    writes.write("#id_note", "It is common knowledge.")
    writes.press("button[type=submit].default")

    publisher.goto("/admin/")
    decides.press("#desk-requests a")
    decides.write("#id_note", "Says how soon it acts.")
    decides.press("button[name=publish]")
    expect(publisher.get_by_text("Edition 2 is public.")).to_be_visible()
    publisher.goto("/monographs/ketamine/")
    expect(publisher.locator("#uses")).to_contain_text("It acts within a minute.")


def test_a_publisher_schedules_cancels_and_restores_with_the_keyboard_alone(page, log_in, monograph):
    monograph.sections.update(body="It blocks other receptors.")
    user = member_of("Publishers")
    log_in(page, user)
    keyboard = Keyboard(page)
    page.goto(f"/admin/monographs/monograph/{monograph.pk}/publish/")
    keyboard.write("#id_note", "Other receptors.")
    keyboard.reach("#id_public_from")
    # The field has parts; where its clock has twelve hours, the last is told by a letter.
    page.keyboard.type("05052099")
    page.keyboard.press("ArrowRight")
    page.keyboard.type("0900a")
    button = page.get_by_role("button", name=re.compile("^Schedule edition 2 for 5 May 2099"))
    expect(button).to_be_visible()
    keyboard.press("button[name=schedule]")
    expect(page.get_by_text("Edition 2 is scheduled for 5 May 2099 at 09:00 UTC.")).to_be_visible()

    page.goto("/admin/")
    keyboard.press("#desk-scheduled a")
    keyboard.press("a[href$='/withdraw/']")
    keyboard.write("#id_reason", "Too early.")
    keyboard.press("button[type=submit].default")
    expect(page.get_by_text("was cancelled by").first).to_be_visible()

    first = Edition.objects.get(number=1)
    page.goto(f"/admin/monographs/edition/{first.pk}/change/")
    keyboard.press("a[href$='/restore/']")
    expect(page.locator(".change-text del").first).to_contain_text("other")
    keyboard.press("button[type=submit].default")
    expect(page.get_by_text("The text of edition 1 is in the working copy now.")).to_be_visible()
    expect(page.locator("#id_sections-0-body")).to_have_value("It blocks receptors.")


def test_who_saves_second_sees_the_text_as_it_was_opened_and_what_each_made_of_it(open_page, log_in, monograph, axe):
    pages = [open_page(viewport={"width": 1280, "height": 900}) for _editor in range(2)]
    for number, page in enumerate(pages):
        log_in(page, make_user(is_superuser=True, username=f"editor{number}"))
        page.goto(f"/admin/monographs/monograph/{monograph.pk}/change/")
    for page, text in zip(pages, ("It blocks some receptors.", "It blocks all receptors."), strict=True):
        page.locator("#id_sections-0-body").fill(text)
        page.get_by_role("button", name="Save and continue editing").first.click()

    conflict = pages[1].locator(".conflict")
    expect(conflict).to_be_focused()
    texts = conflict.locator(".change-three .change-text")
    expect(texts).to_have_text(["It blocks receptors.", "It blocks some receptors.", "It blocks all receptors."])
    axe(pages[1], ".conflict")
    expect(texts.nth(1).locator("ins")).to_have_text("some ")
    expect(texts.nth(2).locator("ins")).to_have_text("all ")
    expect(pages[1].locator("#id_sections-0-body")).to_have_value("It blocks all receptors.")
    pages[1].get_by_role("button", name="Save and continue editing").first.click()
    expect(pages[1].get_by_text("was changed successfully")).to_be_visible()


def every_page(monograph):
    """The addresses of all pages of the desk, each with something on it."""
    user = make_user(is_superuser=True)
    picture = make_picture(alt="A square", credit="Jane Doe")
    correction = make_correction(monograph=monograph)
    answered = make_correction(monograph=monograph)
    answered.accept(by=user, answer="Yes.")
    monograph.sections.update(body=f"Changed.\n\n![A square]({picture.file.url})")
    second = monograph.publish(by=user, note="Second.", public_from=timezone.now() + timedelta(days=1))
    monograph.sections.update(body="Changed again.")
    monograph.ask_for_publication(by=user, note="Look.")
    monograph.send_for_sign_off(by=user, recipient="Dr Okafor")
    draft = make_monograph(title="Draftol", summary="")
    of_monograph = ("change", "publish", "request", "request/return", "sign-off", "review-due", "history", "references")
    return [
        "",
        "monographs/monograph/",
        "monographs/monograph/add/",
        *(f"monographs/monograph/{monograph.pk}/{name}/" for name in of_monograph),
        f"monographs/monograph/{draft.pk}/publish/",
        f"monographs/monograph/{draft.pk}/request/",
        "monographs/edition/",
        *(f"monographs/edition/{second.pk}/{name}/" for name in ("change", "compare", "restore", "withdraw")),
        "monographs/correction/",
        *(f"monographs/correction/{row.pk}/change/" for row in (correction, answered)),
        "monographs/picture/",
        "monographs/picture/add/",
        f"monographs/picture/{picture.pk}/change/",
        "monographs/topic/",
        "monographs/topic/add/",
    ]


@pytest.mark.long
@pytest.mark.parametrize("width", [768, 1280])
def test_axe_finds_nothing_on_any_page_of_the_desk(open_page, log_in, monograph, axe, width):
    page = open_page(viewport={"width": width, "height": 900})
    log_in(page, make_user(is_superuser=True, username="admin"))
    for address in every_page(monograph):
        assert page.goto(f"/admin/{address}").status == 200, address
        axe(page)
        is_wider = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert not is_wider, f"{address} scrolls sideways at {width} pixels"
