"""What readers do with reviews, by keyboard and without script."""

import re

import pytest
from playwright.sync_api import expect

from reviews.models import Flag, Review
from tests.factories import make_published
from tests.factories_reviews import make_approved, make_rejected

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("patience")]


@pytest.fixture
def monograph():
    monograph = make_published(title="Ketamine", slug="ketamine")
    for number in range(12):
        make_approved(monograph=monograph, title=f"Review {number}", rating=number % 5 + 1, reason_for_use="pain")
    for _number in range(3):
        make_rejected(monograph=monograph)
    return monograph


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_about_reviews_have_no_barrier_and_no_sideways_scrolling(monograph, open_page, axe, width, scheme):
    page = open_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    review = Review.objects.approved().first()
    addresses = [
        f"/monographs/{monograph.slug}/reviews/?sort=helpful&reason=pain",
        review.get_absolute_url(),
        f"/reviews/{review.pk}/report/",
        f"/reviews/{review.pk}/helpful/",
        "/reviews/reported/",
        "/reviews/policy/",
        "/reviews/fairness/",
    ]
    for address in addresses:
        page.goto(address)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_a_review_is_found_helpful_and_reported_by_keyboard_without_script(monograph, page_without_script):
    page = page_without_script
    page.goto(f"/monographs/{monograph.slug}/reviews/")
    page.get_by_role("button", name=re.compile("Helpful.*Review 11")).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. It is counted")
    page.get_by_role("link", name="Back to the reviews").press("Enter")
    expect(page.get_by_text("1 reader found this helpful")).to_be_visible()

    page.get_by_role("link", name=re.compile("Report.*Review 11")).press("Enter")
    page.get_by_role("button", name="Send the report").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Say what is wrong with the review.")
    page.get_by_label("It advertises or sells").press("Space")
    page.get_by_label("What should the moderator look at?").fill("The last sentence.")
    page.get_by_role("button", name="Send the report").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you for your report")
    assert Flag.objects.get().note == "The last sentence."
