"""The page about the API: for people, by keyboard, and on a narrow screen."""

import pytest

from tests.factories import make_published

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_has_no_fault_that_axe_finds_and_no_sideways_scrolling(open_page, axe, scheme, width):
    page = open_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto("/api/v1/")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_from_the_foot_of_a_page_to_an_answer_without_script_and_mouse(page_without_script):
    make_published(title="Ketamine")
    page = page_without_script
    page.goto("/")
    page.get_by_role("link", name="API for programs").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="API for programs").wait_for()
    link = page.get_by_role("link", name="/api/v1/monographs", exact=True)
    link.focus()
    answer = page.request.get(link.get_attribute("href")).json()
    assert [item["title"] for item in answer["items"]] == ["Ketamine"]
