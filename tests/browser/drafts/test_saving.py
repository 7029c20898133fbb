"""What is typed before, while and after a form is saved is kept until it is stored."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.drafts.acts import (
    FRAME,
    bodies,
    come_back,
    drafts_in,
    no_offer,
    offer,
    offers,
    press,
    put_back,
    ready,
    save,
    text_of,
    type_into,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


TWO_ANSWERS = """() => new Promise((resolve) => {
    const channel = new BroadcastChannel("drafts");
    let answers = 0;
    channel.addEventListener("message", () => { if (++answers === 2) resolve(); });
    channel.postMessage("who");
})"""  # from both tabs, so that the second has heard of the first before its patience ends


def test_a_save_in_one_tab_leaves_the_text_of_another_alone(page, form, monograph, complaints):
    complaints.allow(FRAME)
    form(page)
    type_into(page, 0, " First tab.")
    second = page.context.new_page()
    second.clock.install()
    second.clock.pause_at(timezone.now() + timedelta(minutes=1))
    second.goto(f"/admin/monographs/monograph/{monograph.pk}/change/")
    second.clock.run_for(1)
    second.evaluate(TWO_ANSWERS)
    second.clock.resume()
    ready(second)
    no_offer(second)
    type_into(second, 1, " Second tab.")
    save(second)
    assert len(drafts_in(second)) == 1
    page.close(run_before_unload=False)
    second.reload()
    ready(second)
    offer(second)
    press(second, "Put it back")
    expect(text_of(second, 0)).to_have_value("As it was. First tab.")
    expect(text_of(second, 1)).to_have_value("As it was. Second tab.")


def test_a_save_that_leads_to_the_list_forgets_the_text_as_well(page, form, monograph):
    form(page)
    type_into(page, 0, " Typed.")
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page).to_have_url(re.compile("/monographs/monograph/$"))
    assert bodies(monograph)[0] == "As it was. Typed."
    assert drafts_in(page) == []


TYPE_AFTER_SENDING = """() => document.addEventListener("submit", () => setTimeout(() => {
    const field = document.getElementById("id_sections-0-body");
    field.value += " Typed while saving.";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    console.log("typed");
}))"""


def test_words_typed_while_the_server_saves_are_not_lost(page, form, monograph):
    form(page)
    type_into(page, 0, " Sent.")
    page.evaluate(TYPE_AFTER_SENDING)
    said = []
    page.on("console", lambda message: said.append(message.text))

    def serve_when_it_is_typed(route):
        while "typed" not in said:
            page.wait_for_timeout(20)
        route.continue_()

    page.route("**/change/", serve_when_it_is_typed)
    save(page)
    page.unroute_all()
    assert bodies(monograph)[0] == "As it was. Sent."
    put_back(page)
    expect(text_of(page)).to_have_value("As it was. Sent. Typed while saving.")


def test_putting_text_back_over_other_text_keeps_the_other_as_well(page, form, monograph, complaints):
    form(page)
    type_into(page, 0, " Before.")
    page = come_back(page, monograph, complaints)
    offer(page)
    type_into(page, 0, " After.")
    press(page, "Put it back")
    expect(text_of(page)).to_have_value("As it was. Before.")
    expect(offers(page)).to_have_count(2)
    offers(page).last.get_by_role("button", name="Put it back").click()
    expect(text_of(page)).to_have_value("As it was. After.")


def test_a_refused_form_goes_on_with_its_draft(page, form, monograph, complaints):
    form(page)
    type_into(page, 0, " Typed.")
    page.locator("#id_title").fill("")
    save(page)
    expect(page.locator(".errornote")).to_be_visible()
    no_offer(page)
    page = come_back(page, monograph, complaints)
    put_back(page)
    expect(text_of(page)).to_have_value("As it was. Typed.")
    expect(page.locator("#id_title")).to_have_value("")
    page.locator("#id_title").fill("Ketamine")
    save(page)
    assert bodies(monograph)[0] == "As it was. Typed."
    assert drafts_in(page) == []


def test_a_preview_of_typed_text_is_no_save(page, form, monograph, complaints):
    form(page)
    type_into(page, 0, " Typed.")
    with page.context.expect_page() as preview:
        page.get_by_role("button", name=re.compile("Preview what is typed")).click()
    expect(preview.value.get_by_role("heading", level=1)).to_be_visible()
    type_into(page, 0, " More.")
    assert len(drafts_in(page)) == 1
    save(page)
    assert bodies(monograph)[0] == "As it was. Typed. More."
    assert drafts_in(page) == []


def test_text_sent_after_the_login_expired_is_offered_after_the_next_login(page, form, monograph, writer):
    form(page)
    type_into(page, 0, " Typed.")
    Session.objects.all().delete()
    page.get_by_role("button", name="Save and continue editing").first.click()
    page.get_by_label("Username").fill(writer.username)
    page.get_by_label("Password").fill("pass")
    press(page, "Log in")
    ready(page)
    put_back(page)
    save(page)
    assert bodies(monograph)[0] == "As it was. Typed."


def test_logging_in_again_in_another_tab_lets_the_save_go_through(page, form, monograph, writer, complaints):
    complaints.allow("403", FRAME)
    page.clock.install()
    form(page)
    type_into(page, 0, " Typed.")
    Session.objects.all().delete()
    page.clock.run_for(20_000)
    expect(page.locator(".login-needed")).to_contain_text("log in in another tab")
    other = page.context.new_page()
    other.goto("/admin/login/")
    other.get_by_label("Username").fill(writer.username)
    other.get_by_label("Password").fill("pass")
    press(other, "Log in")
    expect(other.get_by_text("Log out")).to_be_visible()
    page.clock.run_for(20_000)
    expect(page.locator(".login-needed")).to_have_count(0)
    save(page)
    assert bodies(monograph)[0] == "As it was. Typed."
    assert drafts_in(page) == []


@pytest.mark.parametrize(
    "trouble",
    [
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };",
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('off', 'SecurityError'); } });",
    ],
    ids=["full", "switched off"],
)
def test_a_browser_that_keeps_nothing_says_so_quietly_and_saves_all_the_same(
    page, form, monograph, trouble, axe, complaints
):
    complaints.allow("^full$", "^off$", FRAME)
    errors = []
    page.on("pageerror", lambda error: errors.append(error.stack))
    page.add_init_script(trouble)
    form(page)
    expect(page.locator(".draft-trouble")).to_have_count(0)
    type_into(page, 0, " Typed.")
    expect(page.locator(".draft-trouble")).to_have_attribute("role", "status")
    expect(page.locator(".draft-trouble")).to_contain_text("Save often.")
    axe(page, "#drafts")
    save(page)
    assert bodies(monograph)[0] == "As it was. Typed."
    # Django's own scripts of the admin stumble over such a browser; ours do not.
    assert not [stack for stack in errors if "/static/js/" in stack]
