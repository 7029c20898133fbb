"""The page on which moderators see whether the rules of the screening are right."""

import pytest
from playwright.sync_api import expect

from reviews.models import Figure
from tests.factories_reviews import make_moderator

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_figures_of_the_rules_can_be_read_on_any_screen(open_page, live_server, log_in, axe, width, scheme):
    for kind, name, count in (
        ("wording", "approved", 150), ("wording", "advertising", 50),
        ("caught", "phone", 40), ("passed", "phone", 5),
        ("caught", "person", 2), ("passed", "person", 60),
    ):  # fmt: skip
        Figure.objects.create(quarter="2026 Q4", kind=kind, name=name, count=count)
    page = open_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    log_in(page, make_moderator())
    page.goto(f"{live_server.url}/admin/reviews/decision/")
    page.get_by_role("link", name="How often the rules are right").click()

    expect(page.get_by_role("row", name="Telephone number What")).to_contain_text("more often on what is refused")
    expect(page.get_by_role("row", name="Name of a person")).to_contain_text("it may be a bad rule")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    axe(page)
