"""Rows of the form are added, moved, removed and named."""

import re

import pytest
from django.contrib import admin
from playwright.sync_api import expect

from monographs.admin.monograph import MonographAdmin
from monographs.admin.parts import OrderedInline, SectionInline
from monographs.models import Fact
from tests.browser.editor.acts import preview_of, save, text_of
from tests.waiting import wait_for

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class FactTable(OrderedInline, admin.TabularInline):
    model = Fact


@pytest.fixture(params=["stacked", "in a table"])
def layout(request, monkeypatch):
    """Show key facts as Django's admin shows rows: one above the other, and as lines of a table."""
    if request.param == "in a table":
        monkeypatch.setattr(MonographAdmin, "inlines", [SectionInline, FactTable])


def rows_of(page, prefix):
    return page.locator(f"#{prefix}-group .ordered-row:not(.empty-form)")


def row_named(page, name):
    return page.locator(".ordered-row").filter(has=page.get_by_role("button", name=f"Move “{name}” up"))


def labels(page):
    return rows_of(page, "facts").locator("[name$=-label]").evaluate_all("fields => fields.map((field) => field.value)")


def saved_labels(monograph):
    return [fact.label for fact in monograph.facts.all()]


@pytest.mark.usefixtures("layout")
def test_rows_are_moved_by_keyboard_and_the_focus_stays_on_the_button(page, open_form, monograph):
    open_form(page)
    up = page.get_by_role("button", name="Move “Half-life” up")
    up.focus()
    page.keyboard.press("Enter")
    expect(up).to_be_focused()
    expect(page.locator("#facts-group").get_by_role("status")).to_have_text("“Half-life” is now number 2 of 3.")
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    expect(up).to_be_focused()
    expect(up).to_have_attribute("aria-disabled", "true")
    assert labels(page) == ["Half-life", "Class", "Given by"]
    save(page)
    assert saved_labels(monograph) == labels(page) == ["Half-life", "Class", "Given by"]


def test_sections_are_moved_with_their_text_and_their_previews(page, open_form, monograph):
    open_form(page)
    text_of(page, 1).fill("How it *works*.")
    expect(preview_of(page, 1)).to_have_text("How it works.")
    page.get_by_role("button", name="Move “Mechanism of action” up").click()
    page.get_by_role("button", name="Move “Medical uses” down").click()
    expect(preview_of(page, 1)).to_have_text("How it works.")
    save(page)
    headings = [section.heading for section in monograph.sections.all()]
    assert headings[:3] == ["Mechanism of action", "Forms and administration", "Medical uses"]
    assert monograph.sections.first().body == "How it *works*."


def test_buttons_are_named_after_their_rows_as_they_are_typed(page, open_form):
    open_form(page)
    page.locator("#id_sections-4-heading").fill("What is “new”")
    expect(page.get_by_role("button", name="Move “What is “new”” up")).to_be_visible()
    page.get_by_role("button", name=re.compile("Add another section", re.I)).click()
    expect(page.get_by_role("button", name="Move “row 6” up")).to_be_visible()


@pytest.mark.usefixtures("layout")
def test_new_rows_among_old_ones_survive_the_removal_of_another(page, open_form, monograph):
    open_form(page)
    add = page.get_by_role("button", name=re.compile("Add another key fact", re.I))
    for label in ("First", "Second", "Third"):
        add.click()
        row = rows_of(page, "facts").last
        row.locator("[name$=-label]").fill(label)
        row.locator("[name$=-value]").fill("New")
    for _ in range(4):
        page.get_by_role("button", name="Move “Second” up").click()
    row_named(page, "First").get_by_role("button", name="Remove").click()
    expect(page.get_by_role("button", name="Move “First” up")).to_have_count(0)
    wait_for(lambda: labels(page) == ["Second", "Class", "Given by", "Half-life", "Third"])
    save(page)
    assert saved_labels(monograph) == ["Second", "Class", "Given by", "Half-life", "Third"]
    assert monograph.facts.filter(value="Some").count() == 3


def test_a_new_row_that_nobody_wrote_in_is_left_out(page, open_form, monograph):
    open_form(page)
    page.get_by_role("button", name=re.compile("Add another key fact", re.I)).click()
    page.get_by_role("button", name="Move “Given by” down").click()
    save(page)
    expect(page.locator(".errornote")).to_have_count(0)
    assert saved_labels(monograph) == ["Class", "Half-life", "Given by"]


@pytest.mark.usefixtures("layout")
def test_a_refused_form_comes_back_in_the_order_that_was_chosen(page, open_form, monograph):
    open_form(page)
    page.get_by_role("button", name=re.compile("Add another key fact", re.I)).click()
    page.locator("#id_facts-3-label").fill("New")
    page.get_by_role("button", name="Move “New” up").click()
    page.get_by_role("button", name="Move “Class” down").click()
    chosen = ["Given by", "Class", "New", "Half-life"]
    assert labels(page) == chosen
    save(page)
    expect(page.locator(".errornote")).to_be_visible()
    assert labels(page) == chosen
    page.locator("#id_facts-3-value").fill("Something")
    save(page)
    assert saved_labels(monograph) == chosen


def test_a_row_marked_for_deletion_goes_when_the_form_is_saved(page, open_form, monograph):
    open_form(page)
    page.get_by_role("button", name="Move “Class” down").click()
    row_named(page, "Given by").locator("[name$=-DELETE]").check()
    save(page)
    assert saved_labels(monograph) == ["Class", "Half-life"]


def drag(page, label, to, *, give_up=False):
    row_named(page, label).locator(".row-handle").hover()
    page.mouse.down()
    box = row_named(page, to).bounding_box()
    for share in (0.3, 0.6, 0.9):
        page.mouse.move(box["x"] + 20, box["y"] + box["height"] * share, steps=4)
    if give_up:
        page.keyboard.press("Escape")
    page.mouse.up()


@pytest.mark.usefixtures("layout")
def test_rows_can_be_dragged_and_the_drag_given_up(page, open_form, monograph):
    open_form(page)
    page.locator("#facts-group").scroll_into_view_if_needed()
    drag(page, "Class", "Half-life")
    wait_for(lambda: labels(page) == ["Given by", "Half-life", "Class"])
    drag(page, "Given by", "Class", give_up=True)
    wait_for(lambda: labels(page) == ["Given by", "Half-life", "Class"])
    save(page)
    assert saved_labels(monograph) == ["Given by", "Half-life", "Class"]


def test_tall_sections_shrink_while_one_is_dragged(page, open_form):
    open_form(page)
    page.locator("#sections-0 .row-handle").hover()
    page.mouse.down()
    expect(page.locator("#id_sections-1-heading")).to_be_hidden()
    box = page.locator("#sections-2").bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + box["height"] - 2, steps=10)
    page.mouse.up()
    expect(page.locator("#id_sections-1-heading")).to_be_visible()
    rows = rows_of(page, "sections")
    order = [f"sections-{index}" for index in (1, 2, 0, 3, 4)]
    wait_for(lambda: rows.evaluate_all("rows => rows.map((row) => row.id)") == order)


def test_without_script_the_numbers_order_the_rows_and_the_text_is_a_plain_field(
    page_without_script, open_form, monograph
):
    page = page_without_script
    open_form(page)
    page.locator("#id_facts-2-position").fill("0")
    text_of(page).fill("Typed without script.")
    save(page)
    assert saved_labels(monograph) == ["Half-life", "Class", "Given by"]
    assert monograph.sections.first().body == "Typed without script."
