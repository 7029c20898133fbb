"""Text put back beside what others saved meanwhile, and any text whatever."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import expect

from tests.browser.drafts.acts import (
    bodies,
    come_back,
    drafts_in,
    kept,
    put_back,
    ready,
    save,
    text_of,
    type_into,
    visit_without_script,
)
from tests.factories import EDITING, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_text_for_a_section_that_somebody_removed_comes_back_as_a_new_section(page, form, monograph, complaints):
    form(page)
    type_into(page, 0, " Typed.")
    monograph.sections.filter(kind="uses").delete()
    page = come_back(page, monograph, complaints)
    put_back(page)
    expect(text_of(page, 4)).to_have_value("As it was. Typed.")
    expect(page.locator("#id_sections-4-heading")).to_have_value("Medical uses")


def test_text_put_back_over_a_text_that_was_saved_meanwhile_meets_the_conflict(page, form, monograph, complaints, axe):
    form(page)
    type_into(page, 0, " Typed.")
    monograph.sections.filter(kind="uses").update(body="As Ada wrote it.")
    page = come_back(page, monograph, complaints)
    put_back(page)
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
    put_back(page)
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
    form(other, make_user(*EDITING, username="ada", first_name="Ada", last_name="Lovelace"))
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
    form(open_page(), make_user(*EDITING, username="ada", first_name="Ada", last_name="Lovelace"))
    form(page_without_script, opens=visit_without_script)
    expect(page_without_script.locator(".presence")).to_contain_text("Ada Lovelace has this page open since")


def test_two_people_without_script_see_the_conflict_and_save_again(page_without_script, open_page, form, monograph):
    page, other = page_without_script, open_page(java_script_enabled=False)
    form(page, opens=visit_without_script)
    form(other, make_user(*EDITING, username="ada"), opens=visit_without_script)
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
