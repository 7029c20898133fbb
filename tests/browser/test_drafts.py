"""Never lose a word, in a real browser: tabs that die, logins that expire, two tabs, two people."""

import json
import re
from contextlib import suppress
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Error, expect

from tests.factories import make_monograph, make_user
from tests.waiting import wait_for

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RIGHTS = [
    f"monographs.{verb}_{model}"
    for verb in ("add", "change", "delete", "view")
    for model in ("monograph", "section", "fact", "identifier", "reference")
]
FRAME = "about:srcdoc"  # what the test's own scripts meet in the preview's frame, which lets no script run
ADD_SECTION = re.compile("Add another section", re.I)


@pytest.fixture
def writer():
    return make_user(*RIGHTS, username="writer")


@pytest.fixture
def monograph():
    monograph = make_monograph(title="Ketamine", slug="ketamine", body="As it was.")
    for position, label in enumerate(("Class", "Given by", "Half-life"), start=1):
        monograph.facts.create(label=label, value="Some", position=position)
    return monograph


@pytest.fixture
def form(log_in, writer, monograph, live_server):
    """Return a function that opens the form in a page, as the writer or somebody else."""

    def form(page, user=None, opens=visit):
        log_in(page, user or writer)
        return opens(page, monograph)

    return form


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
    offer(page)
    press(page, "Put it back")
    expect(text_of(page)).to_have_value("As it was. Typed, not saved.")


def test_text_put_back_and_lost_again_is_offered_again(page, form, monograph, complaints):
    form(page)
    type_into(page, 0, " Typed, not saved.")
    page = come_back(page, monograph, complaints)
    offer(page)
    press(page, "Put it back")
    page = come_back(page, monograph, complaints)
    offer(page)
    press(page, "Put it back")
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
    offer(page)
    press(page, "Put it back")
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
    log_in(page, make_user(*RIGHTS, username="other"))
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
    offer(page)
    press(page, "Put it back")
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
    offer(page)
    press(page, "Put it back")
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
    offer(page)
    press(page, "Put it back")
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


def test_text_for_a_section_that_somebody_removed_comes_back_as_a_new_section(page, form, monograph, complaints):
    form(page)
    type_into(page, 0, " Typed.")
    monograph.sections.filter(kind="uses").delete()
    page = come_back(page, monograph, complaints)
    offer(page)
    press(page, "Put it back")
    expect(text_of(page, 4)).to_have_value("As it was. Typed.")
    expect(page.locator("#id_sections-4-heading")).to_have_value("Medical uses")


def test_text_put_back_over_a_text_that_was_saved_meanwhile_meets_the_conflict(page, form, monograph, complaints, axe):
    form(page)
    type_into(page, 0, " Typed.")
    monograph.sections.filter(kind="uses").update(body="As Ada wrote it.")
    page = come_back(page, monograph, complaints)
    offer(page)
    press(page, "Put it back")
    save(page)
    conflict = page.locator(".conflict")
    expect(conflict).to_be_focused()
    expect(conflict.locator(".change-text")).to_have_text("As Adait wrotewas. itTyped.")
    expect(text_of(page)).to_have_value("As it was. Typed.")
    assert bodies(monograph)[0] == "As Ada wrote it."
    axe(page)
    page.emulate_media(color_scheme="dark")
    axe(page, ".conflict")
    save(page)
    assert bodies(monograph)[0] == "As it was. Typed."
    assert drafts_in(page) == []


def test_a_new_monograph_is_not_lost_either(page, log_in, writer, complaints):
    log_in(page, writer)
    page.goto("/admin/monographs/monograph/add/")
    ready(page)
    page.locator("#id_title").fill("Esketamine")
    page.locator("#id_summary").fill("Typed with care.")
    kept(page)
    context = page.context
    page.close(run_before_unload=False)
    page = context.new_page()
    page.goto("/admin/monographs/monograph/add/")
    ready(page)
    offer(page)
    press(page, "Put it back")
    expect(page.locator("#id_slug")).to_have_value("esketamine")
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.locator("#id_summary")).to_have_value("Typed with care.")
    assert drafts_in(page) == []


def test_an_open_page_says_who_else_opens_and_saves_it(page, open_page, form, monograph, live_server, axe):
    page.clock.install()
    form(page)
    expect(page.locator(".presence p")).to_have_count(0)
    other = open_page()
    form(other, make_user(*RIGHTS, username="ada", first_name="Ada", last_name="Lovelace"))
    expect(other.locator(".presence")).to_contain_text("writer has this page open since")
    page.clock.run_for(20_000)
    expect(page.locator(".presence")).to_contain_text("Ada Lovelace has this page open since")
    text_of(other).fill("Ada’s text.")
    save(other)
    page.clock.run_for(20_000)
    expect(page.locator(".presence p").last).to_contain_text("When you save, you will see both texts.")
    expect(page.locator(".presence")).to_have_attribute("role", "status")
    axe(page)


def test_without_script_the_page_says_who_has_it_open_when_it_is_opened(page_without_script, open_page, form):
    form(open_page(), make_user(*RIGHTS, username="ada", first_name="Ada", last_name="Lovelace"))
    form(page_without_script, opens=visit_without_script)
    expect(page_without_script.locator(".presence")).to_contain_text("Ada Lovelace has this page open since")


def test_two_people_without_script_see_the_conflict_and_save_again(page_without_script, open_page, form, monograph):
    page, other = page_without_script, open_page(java_script_enabled=False)
    form(page, opens=visit_without_script)
    form(other, make_user(*RIGHTS, username="ada"), opens=visit_without_script)
    text_of(other).fill("Ada’s text.")
    save(other)
    text_of(page).fill("The writer’s text.")
    save(page)
    expect(page.locator(".conflict")).to_contain_text("This text was saved meanwhile")
    expect(text_of(page)).to_have_value("The writer’s text.")
    save(page)
    assert bodies(monograph)[0] == "The writer’s text."


def test_any_text_comes_back_as_it_was_typed(page, form, monograph):
    form(page)

    @given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), max_size=10))
    @settings(max_examples=4)
    def comes_back(texts):
        for typed, back in page.evaluate(
            """(texts) => {
                const form = document.getElementById("monograph_form");
                const [field, other] = ["id_sections-0-body", "id_summary"].map((id) => document.getElementById(id));
                return texts.map((text) => {
                    field.value = other.value = text;
                    const typed = [field.value, other.value];
                    const draft = JSON.parse(JSON.stringify(drafts.read(form)));
                    field.value = field.defaultValue;
                    other.value = "something else";
                    drafts.write(form, draft);
                    return [typed, [field.value, other.value]];
                });
            }""",
            ["", "\r\n a\r b\n", *texts],
        ):
            assert typed == back, json.dumps(typed)

    comes_back()
