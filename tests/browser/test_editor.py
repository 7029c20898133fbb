"""The form of a monograph in a real browser: the Markdown editor, pictures, and the order of rows."""

import base64
import io
import re

import pytest
from django.contrib import admin
from django.contrib.sessions.models import Session
from PIL import Image
from playwright.sync_api import expect

from monographs.admin.monograph import MonographAdmin
from monographs.admin.parts import OrderedInline, SectionInline
from monographs.models import Fact, Monograph, Picture
from monographs.publishing import contents_of, render_sections
from tests.factories import make_monograph, make_user
from tests.waiting import wait_for

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RIGHTS = [
    f"monographs.{verb}_{model}"
    for verb in ("add", "change", "delete", "view")
    for model in ("monograph", "section", "fact", "identifier", "reference")
]


def png():
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(buffer, "PNG")
    return buffer.getvalue()


def file(content, name="any.png"):
    return {"name": name, "mimeType": "image/png", "buffer": content}


@pytest.fixture
def writer():
    return make_user(*RIGHTS, username="writer")


@pytest.fixture
def monograph():
    monograph = make_monograph(title="Ketamine", slug="ketamine", body="It *blocks* receptors [@b-2].\n\n## How\n\nSo.")
    for position, key in enumerate(("a-1", "b-2"), start=1):
        monograph.references.create(key=key, authors="A", year=2000, title="T", source="S", position=position)
    for position, label in enumerate(("Class", "Given by", "Half-life"), start=1):
        monograph.facts.create(label=label, value="Some", position=position)
    return monograph


@pytest.fixture
def open_form(log_in, writer, monograph):
    """Return a function that opens the form of `monograph` in a page."""

    def open_form(page):
        log_in(page, writer)
        page.goto(f"/admin/monographs/monograph/{monograph.pk}/change/")

    return open_form


def text_of(page, index=0):
    return page.locator(f"#id_sections-{index}-body")


def preview_of(page, index=0):
    return page.locator(f"#sections-{index} iframe").content_frame.locator(".section")


def posts_of(page, part):
    posts = []
    page.on("request", lambda request: posts.append(request) if request.method == "POST" and part in request.url else 0)
    return posts


def save(page):
    with page.expect_navigation():
        page.get_by_role("button", name="Save and continue editing").first.click()


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


def test_a_picture_is_added_by_a_button_and_its_description_is_written_next(page, open_form):
    open_form(page)
    text_of(page).fill("Before.")
    with page.expect_file_chooser() as chooser:
        page.locator("#sections-0").get_by_role("button", name="Add a picture").click()
    chooser.value.set_files([file(png())])
    expect(page.locator("#sections-0").get_by_role("status")).to_contain_text("Write between the brackets")
    page.keyboard.type("A teal square")
    address = Picture.objects.get().file.url
    expect(text_of(page)).to_have_value(f"Before.\n\n![A teal square]({address})")
    expect(preview_of(page).get_by_role("img", name="A teal square")).to_be_visible()


@pytest.mark.parametrize("content", [b"no picture", b"<svg xmlns='http://www.w3.org/2000/svg'></svg>"])
def test_a_refused_picture_changes_no_text_and_says_why(page, open_form, content):
    open_form(page)
    text_of(page).fill("Kept, and selected.")
    text_of(page).select_text()
    with page.expect_file_chooser() as chooser:
        page.locator("#sections-0").get_by_role("button", name="Add a picture").click()
    chooser.value.set_files([file(content)])
    expect(page.locator("#sections-0").get_by_role("alert")).to_contain_text("Save it as PNG")
    expect(text_of(page)).to_have_value("Kept, and selected.")


PUT = """([element, type, content, words]) => {
    const data = new DataTransfer();
    if (content !== null) {
        const bytes = Uint8Array.from(atob(content), (c) => c.charCodeAt(0));
        data.items.add(new File([bytes], "any.png", { type: "image/png" }));
    }
    if (words) data.setData("text/plain", words);
    const event = type === "paste"
        ? new ClipboardEvent(type, { clipboardData: data, bubbles: true, cancelable: true })
        : new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true });
    return !element.dispatchEvent(event);
}"""


def put(page, target, type_, content=None, words=""):
    """Paste or drop on an element; return whether the browser was kept from its own way with it."""
    encoded = None if content is None else base64.b64encode(content).decode()
    return page.evaluate(PUT, [target.element_handle(), type_, encoded, words])


@pytest.mark.parametrize("way", ["paste", "drop"])
def test_a_picture_can_be_pasted_and_dropped(page, open_form, way):
    open_form(page)
    text_of(page).fill("")
    expect(preview_of(page)).to_have_text("")
    assert put(page, text_of(page), way, png())
    expect(text_of(page)).to_have_value(re.compile(r"^!\[\]\(/media/pictures/[0-9a-f]{16}\.png\)$"))
    assert Picture.objects.count() == 1


def test_pasted_words_stay_words_even_with_a_picture_of_them(page, open_form):
    open_form(page)
    posts = posts_of(page, "/pictures/")
    text_of(page).focus()
    expect(preview_of(page)).to_contain_text("It blocks")
    assert not put(page, text_of(page), "paste", png(), words="From an office program")
    assert not put(page, text_of(page), "drop", words="Dragged words")
    assert posts == []


def test_a_file_dropped_beside_the_text_does_not_replace_the_page(page, open_form):
    open_form(page)
    assert put(page, page.locator("#id_title"), "dragover", png())
    assert put(page, page.locator("#id_title"), "drop", png())
    assert not put(page, page.locator("#id_lead_picture_upload"), "drop", png())


def test_a_lost_connection_changes_no_text_and_says_so(page, open_form, complaints):
    complaints.allow("ERR_INTERNET_DISCONNECTED", r"^\s*$")
    open_form(page)
    text_of(page).fill("Kept.")
    expect(preview_of(page)).to_have_text("Kept.")
    page.context.set_offline(True)
    put(page, text_of(page), "drop", png())
    expect(page.locator("#sections-0").get_by_role("alert")).to_contain_text("Check your connection")
    text_of(page).fill("Kept too.")
    expect(preview_of(page)).to_contain_text("Check your connection")
    page.context.set_offline(False)
    text_of(page).fill("Kept as well.")
    expect(preview_of(page)).to_have_text("Kept as well.")


def test_a_login_that_expires_while_writing_costs_no_word(page, open_form, monograph, writer, complaints):
    complaints.allow("status of 403")
    open_form(page)
    text_of(page).fill("Before.")
    expect(preview_of(page)).to_have_text("Before.")
    Session.objects.all().delete()
    text_of(page).fill("Written after the login expired.")
    expect(preview_of(page)).to_contain_text("log in in another tab")
    put(page, text_of(page), "drop", png())
    expect(page.locator("#sections-0").get_by_role("alert")).to_contain_text("log in in another tab")
    expect(text_of(page)).to_have_value("Written after the login expired.")
    expect(page.locator(".checklist-status")).to_contain_text("log in in another tab")

    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator(".login-needed")).to_contain_text("log in in another tab")
    other = page.context.new_page()
    other.goto("/admin/login/")
    other.get_by_label("Username").fill(writer.username)
    other.get_by_label("Password").fill("pass")
    other.get_by_role("button", name="Log in").click()
    expect(other.get_by_text("Log out")).to_be_visible()
    other.close()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator(".login-needed")).to_have_count(0)
    save(page)
    assert monograph.sections.first().body == "Written after the login expired."


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


def test_a_lead_picture_is_uploaded_shown_and_removed(page, open_form, monograph):
    open_form(page)
    page.get_by_label("Upload a picture").set_input_files([file(b"no picture")])
    page.locator("#id_subtitle").fill("Typed before the refusal")
    save(page)
    expect(page.get_by_text("This file is not a picture that we can read.")).to_be_visible()
    expect(page.locator("#id_subtitle")).to_have_value("Typed before the refusal")
    page.get_by_label("Upload a picture").set_input_files([file(png())])
    save(page)
    expect(page.get_by_role("img", name="The picture now")).to_be_visible()
    assert Monograph.objects.get(pk=monograph.pk).lead_picture.uploaded_by.username == "writer"
    page.get_by_label("Remove the picture").check()
    save(page)
    expect(page.get_by_role("img", name="The picture now")).to_have_count(0)
    assert Monograph.objects.get(pk=monograph.pk).lead_picture is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_editor_is_accessible_and_never_wider_than_its_page(open_page, open_form, axe, width, scheme):
    page = open_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    open_form(page)
    text_of(page).focus()
    expect(preview_of(page)).to_contain_text("It blocks")
    put(page, text_of(page), "drop", b"no picture")
    expect(page.locator("#sections-0").get_by_role("alert")).to_be_visible()
    axe(page, "#sections-group")
    axe(page, "#facts-group")
    row = page.locator("#sections-0").bounding_box()
    for field in page.locator("#sections-0").locator("input:visible, select, textarea, iframe").all():
        assert field.bounding_box()["x"] + field.bounding_box()["width"] <= row["x"] + row["width"] <= width
    for button in page.locator("#sections-0 button:visible, #facts-0 button:visible").all():
        box = button.bounding_box()
        assert min(box["width"], box["height"]) >= 24
