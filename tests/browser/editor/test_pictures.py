"""Pictures put into the text, and what a lost connection or login costs."""

import base64
import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from monographs.models import Monograph, Picture
from tests.browser.editor.acts import file, png, posts_of, preview_of, save, text_of
from tests.browser.offline import go_offline

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


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
    go_offline(page)
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
