"""The picture library in a real browser: several uploads, words, and choosing from it by keyboard."""

import pytest
from playwright.sync_api import expect

from monographs.models import Picture
from tests.browser.editor.acts import file
from tests.factories import make_monograph, make_picture, make_user
from tests.monographs.uploads import picture_bytes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIBRARY = "/admin/monographs/picture/"


@pytest.fixture
def writer():
    parts = [
        f"monographs.{verb}_{part}"
        for verb in ("view", "add", "change", "delete")
        for part in ("monograph", "section", "reference")
    ]
    return make_user(*parts, username="writer")


@pytest.fixture
def monograph():
    return make_monograph(title="Ketamine", slug="ketamine", body="Some text.")


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_several_pictures_are_uploaded_described_and_deleted_by_keyboard(page, log_in, writer, axe):
    log_in(page, writer)
    page.goto(LIBRARY)
    axe(page)
    # The system's own window for choosing files is no part of the page.
    page.get_by_label("Add pictures").set_input_files(
        [file(picture_bytes(colour="red"), "one.png"), file(picture_bytes(colour="blue"), "two.png")]
    )
    page.get_by_label("Add pictures").focus()
    press(page, "Tab", "Enter")

    expect(page.get_by_text("2 pictures are in the library.")).to_be_visible()
    expect(page.locator(".thumbnail img")).to_have_count(2)
    page.get_by_role("link", name="not described yet").first.focus()
    press(page, "Enter")
    expect(page.get_by_text("Nowhere, so it can be deleted.")).to_be_visible()
    axe(page)
    page.get_by_label("What it shows").focus()
    page.keyboard.type("A blue square")
    page.get_by_label("Credit").focus()
    page.keyboard.type("Jane Doe")
    press(page, "Enter")
    expect(page.locator("#result_list").get_by_role("link", name="A blue square")).to_be_visible()
    assert set(Picture.objects.values_list("alt", "credit")) == {("A blue square", "Jane Doe"), ("", "")}

    page.locator("#result_list").get_by_role("link", name="A blue square").focus()
    press(page, "Enter")
    page.get_by_role("link", name="Delete").focus()
    press(page, "Enter")
    page.get_by_role("button", name="Yes").focus()
    press(page, "Enter")
    expect(page.locator(".thumbnail img")).to_have_count(1)


def test_a_picture_from_the_library_comes_into_the_text_with_its_words_by_keyboard(
    page, log_in, writer, monograph, axe
):
    make_picture(alt="A molecule")
    wanted = make_picture(alt="The NMDA receptor", caption="Figure 1", credit="Jane Doe")
    log_in(page, writer)
    page.goto(f"/admin/monographs/monograph/{monograph.pk}/change/")
    text = page.locator("#id_sections-0-body")
    text.focus()
    press(page, "Control+End")

    page.locator("#sections-0").get_by_role("button", name="From the library").focus()
    press(page, "Enter")
    dialog = page.get_by_role("dialog", name="Picture library")
    expect(dialog.get_by_label("Search the library")).to_be_focused()
    expect(dialog.locator("button[data-key]")).to_have_count(2)
    axe(page, ".picture-dialog")
    page.keyboard.type("nmda")
    expect(dialog.locator("button[data-key]")).to_have_count(1)
    press(page, "Tab", "Enter")

    expect(dialog).to_be_hidden()
    expect(text).to_be_focused()
    expect(text).to_have_value(f'Some text.\n\n![The NMDA receptor]({wanted.file.url} "Figure 1")')
    preview = page.locator("#sections-0 iframe").content_frame
    expect(preview.get_by_text("Picture: Jane Doe.")).to_be_visible()
    press(page, "Control+z")
    expect(text).to_have_value("Some text.")


def test_the_lead_picture_is_chosen_from_the_library_and_brings_its_words(page, log_in, writer, monograph):
    picture = make_picture(alt="The structure", caption="Figure 1")
    log_in(page, writer)
    page.goto(f"/admin/monographs/monograph/{monograph.pk}/change/")

    page.locator(".lead-picture").get_by_role("button", name="From the library").focus()
    press(page, "Enter")
    expect(page.locator("button[data-key]")).to_have_count(1)
    press(page, "Tab", "Enter")

    expect(page.locator(".lead-picture").get_by_text("Chosen. Save to keep it.")).to_be_visible()
    expect(page.locator(".lead-now img")).to_be_visible()
    expect(page.get_by_label("What the lead picture shows")).to_have_value("The structure")
    press(page, "Escape")
    page.locator("#id_title").focus()
    press(page, "Enter")
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    monograph.refresh_from_db()
    assert (monograph.lead_picture, monograph.lead_picture_caption) == (picture, "Figure 1")


def test_without_script_the_lead_picture_is_named_by_its_number(page_without_script, log_in, writer, monograph):
    picture = make_picture(alt="The structure")
    page = page_without_script
    log_in(page, writer)
    page.goto(picture.get_admin_url())
    expect(page.get_by_text(f"Number {picture.pk} in the library.")).to_be_visible()

    page.goto(f"/admin/monographs/monograph/{monograph.pk}/change/")
    page.get_by_label("Number in the picture library").fill(str(picture.pk))
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).first.click()

    monograph.refresh_from_db()
    assert (monograph.lead_picture, monograph.lead_picture_alt) == (picture, "The structure")
