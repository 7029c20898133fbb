"""An author's stories: mend what was refused, appeal, take everything away; by keyboard, with script on and off."""

import pytest
from playwright.sync_api import expect

from reviews.models import Appeal, Review
from tests.factories import make_published, make_user
from tests.factories_reviews import make_approved, make_rejected, make_review, make_wording

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("patience")]

BODY = "It helped me sleep. Call Dr Smith on 020 7946 0000 and say that I sent you."


def refused(**kwargs):
    monograph = make_published(title="Ketamine", slug="ketamine")
    review = make_review(monograph=monograph, title="Slept again", body=BODY, email="ada@example.org", **kwargs)
    marks = [{"where": "body", "start": BODY.index("Dr"), "end": BODY.index(" on 020")}]
    review.reject(by=make_user(), reason="about_a_person", message="Please name nobody.", marks=marks)
    return review


def tab_to(page, locator):
    """Press Tab until an element has the focus, on a page that moves the focus by itself no more."""
    page.wait_for_load_state()
    for _press in range(80):
        if locator.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("Tab does not lead there.")


def press(page, name, role="link"):
    """Reach something by Tab alone, and press it with Enter."""
    element = page.get_by_role(role, name=name, exact=True).first
    tab_to(page, element)
    page.keyboard.press("Enter")


@pytest.fixture(params=["script on", "script off"])
def either_page(request):
    return request.getfixturevalue("page" if request.param == "script on" else "page_without_script")


def test_who_was_refused_mends_the_review_by_keyboard(either_page, live_server):
    page = either_page
    review = refused()
    page.goto(live_server.url + review.get_author_url())
    expect(page.get_by_role("heading", name="Your review was not published")).to_be_visible()
    expect(page.locator("mark")).to_have_text("Dr Smith")

    press(page, "Edit the review")
    expect(page.get_by_role("heading", level=1)).to_have_text("Edit your review of Ketamine")
    expect(page.get_by_text("Please name nobody.")).to_be_visible()
    body = page.locator("[name=body]")
    tab_to(page, body)
    page.keyboard.press("Control+a")
    page.keyboard.type("It helped me sleep.")
    tab_to(page, page.locator("[name=consent]"))
    page.keyboard.press("Space")
    press(page, "Send the new wording", "button")

    expect(page.get_by_role("heading", name="Your review waits for a person to read it")).to_be_visible()
    assert Review.objects.get().body == "It helped me sleep."


def test_who_was_refused_appeals_by_keyboard(either_page, live_server):
    page = either_page
    page.goto(live_server.url + refused().get_author_url())

    press(page, "Appeal against the decision")
    press(page, "Send the appeal", "button")
    expect(page.get_by_role("alert")).to_contain_text("The appeal has not been sent yet")
    tab_to(page, page.locator("[name=text]"))
    page.keyboard.type("Dr Smith is my own name.")
    press(page, "Send the appeal", "button")

    expect(page.get_by_role("heading", name="Your appeal waits for another moderator")).to_be_visible()
    assert Appeal.objects.get().text == "Dr Smith is my own name."


def test_an_author_downloads_and_erases_everything_by_keyboard(either_page, live_server):
    page = either_page
    review = refused()
    page.goto(live_server.url + review.get_author_url())

    with page.expect_download() as download:
        press(page, "Download your data")
    assert download.value.suggested_filename == f"review-{review.pk}.json"
    press(page, "Erase your data")
    expect(page.get_by_role("heading", name="What stays")).to_be_visible()
    press(page, "Yes, erase everything", "button")

    expect(page.get_by_role("heading", level=1)).to_have_text("Your data has been erased")
    assert Review.objects.get().body == ""


def test_who_lost_the_link_asks_for_it_by_keyboard(either_page, live_server):
    page = either_page
    page.goto(f"{live_server.url}/monographs/")

    press(page, "Find your review again")
    tab_to(page, page.get_by_label("E-mail address"))
    page.keyboard.type("ada@example.org")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Check your e-mail")


def test_the_pages_of_an_author_have_no_accessibility_violation_and_no_sideways_scrolling(page, live_server, axe):
    review = refused()
    review.edit(make_wording(review, title="After"))
    review.approve(by=make_user())
    review.edit(make_wording(review, title="A long word: " + "x" * 90))
    review.reject(by=make_user(), reason="about_a_person", message="Again a name.")
    first = make_approved(monograph=review.monograph, email="grace@example.org")
    second = make_review(monograph=review.monograph, email="grace@example.org")
    unmendable = make_rejected(monograph=review.monograph)
    own = review.get_author_url()
    addresses = [
        *(own + act for act in ("", "edit/", "appeal/", "withdraw/", "erase/")),
        second.get_confirmation_url(),
        "/reviews/mine/",
        "/reviews/mine/sent/",
        "/reviews/mine/erased/",
    ]
    assert first.is_public

    for address in addresses:
        for width in (320, 768, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(live_server.url + address)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        axe(page)
        page.emulate_media(color_scheme="dark")
        page.reload()
        axe(page)
        page.emulate_media(color_scheme="light")
    page.goto(live_server.url + unmendable.get_author_url())
    expect(page.get_by_role("link", name="Edit the review")).to_have_count(0)


def test_pages_that_say_why_something_cannot_be_done_are_accessible_too(page, live_server, axe, complaints):
    complaints.allow("40[49]")
    review = make_approved()

    for address, heading in (
        (review.get_author_url() + "appeal/", "This decision cannot be appealed against now"),
        ("/reviews/mine/made-up/", "No review belongs to this link"),
    ):
        page.goto(live_server.url + address)
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        axe(page)
