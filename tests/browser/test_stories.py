"""The portal's main stories, from end to end, in a real browser."""

import re

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from portal.groups import create_groups
from tests.factories import make_published, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("patience")]


def ketamine(**kwargs):
    return make_published(
        title="Ketamine",
        slug="ketamine",
        other_names="ketamine mechanism of action",
        body="It blocks receptors.",
        **kwargs,
    )


def member_of(group):
    create_groups()
    user = make_user(username=group.lower())
    user.groups.add(Group.objects.get(name=group))
    return user


def write_review(page):
    page.locator("[name=rating][value='4']").check()
    page.locator("[name=title]").fill("Slept again")
    page.locator("[name=body]").fill("The first weeks were strange, then I slept.")
    page.locator("[name=author_name]").fill("Ada")
    page.locator("[name=perspective][value=own]").check()
    page.locator("[name=consent]").check()
    page.get_by_role("button", name="Send the review").click()


def log_in_by_hand(page, server, user):
    page.goto(f"{server.url}/admin/")
    page.get_by_label("Username").fill(user.username)
    page.get_by_label("Password").fill("pass")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Desk")).to_be_visible()


@pytest.mark.parametrize("script", ["on", "off"])
def test_a_newcomer_finds_reads_and_reviews_and_a_moderator_approves(request, script, live_server, log_in, settings):
    settings.REVIEWS_MINIMUM_FOR_AVERAGE = 1
    page = request.getfixturevalue("page" if script == "on" else "page_without_script")
    ketamine()
    page.goto(live_server.url)
    page.locator("#q").fill("ketamine mechanism of action")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Ketamine").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ketamine")
    expect(page.get_by_text("There are no reviews yet.")).to_be_visible()
    page.locator("#reviews").get_by_role("link", name="Write a review").click()
    write_review(page)
    expect(page).to_have_url(re.compile(r"/reviews/mine/"))
    expect(page.get_by_text("Slept again")).to_be_visible()

    page.goto(f"{live_server.url}/monographs/ketamine/")
    expect(page.get_by_text("There are no reviews yet.")).to_be_visible()
    expect(page.get_by_text("Slept again")).to_have_count(0)

    log_in_by_hand(page, live_server, member_of("Moderators"))
    page.get_by_role("link", name="Desk", exact=True).first.click()
    expect(page.get_by_text("hidden until decided")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Slept again")
    page.get_by_role("button", name="Approve").click()
    expect(page.locator("#desk-undo")).to_contain_text("You approved “Slept again”.")

    page.goto(f"{live_server.url}/monographs/ketamine/")
    reviews = page.locator("#reviews")
    expect(reviews.get_by_role("heading", name="Slept again")).to_be_visible()
    expect(page.locator(".tabs")).to_contain_text("Reviews (1)")
    expect(reviews).to_contain_text("4.0")


def test_an_editor_changes_a_section_previews_and_publishes_with_the_keyboard_at_hand(page, live_server, log_in):
    monograph = ketamine()
    log_in(page, member_of("Publishers"))
    page.goto(f"{live_server.url}/admin/monographs/monograph/{monograph.pk}/change/")
    body = page.locator("#id_sections-0-body")
    body.fill("It blocks **NMDA** receptors.")
    page.get_by_role("button", name="Save and continue editing").first.click()
    expect(page.get_by_text("Only the working copy is saved. Readers still see edition 1.")).to_be_visible()

    page.get_by_role("link", name="Preview", exact=True).first.click()
    expect(page.get_by_text("Preview: not published")).to_be_visible()
    expect(page.locator("#uses strong")).to_have_text("NMDA")
    page.go_back()

    page.get_by_role("link", name="Publish…").click()
    expect(page.locator(".change-text ins").first).to_contain_text("**NMDA**")
    page.get_by_label("What changed?").fill("Named the receptor.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Edition 2 is public.")).to_be_visible()

    page.goto(f"{live_server.url}/monographs/ketamine/")
    expect(page.locator("#uses strong")).to_have_text("NMDA")
    expect(page.locator("#editions")).to_contain_text("Named the receptor.")


def test_the_page_that_is_missing_looks_like_the_site(page, live_server, axe, complaints):
    complaints.allow("status of 404")
    response = page.goto(f"{live_server.url}/monographs/nothing/")
    assert response.status == 404
    expect(page.locator("#q")).to_be_visible()
    axe(page)


def test_the_admin_pages_of_ours_have_no_accessibility_violation(page, live_server, log_in, axe):
    monograph = ketamine()
    monograph.sections.filter(kind="uses").update(body="Changed.")
    log_in(page, make_user(is_superuser=True))
    for name in ("", f"{monograph.pk}/change/", f"{monograph.pk}/publish/", f"{monograph.pk}/preview/", "add/"):
        page.goto(f"{live_server.url}/admin/monographs/monograph/{name}")
        axe(page)
