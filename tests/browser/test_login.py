"""The login in two steps, as people with a keyboard and perhaps without scripts meet it."""

from base64 import b32decode

import pytest
from django_otp.oath import totp
from playwright.sync_api import expect

from tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True)


PHONE = {"width": 390, "height": 800}


def log_in(page, typed="pass"):
    page.goto("/admin/login/")
    expect(page.get_by_label("Username")).to_be_focused()
    page.keyboard.type("vera")
    page.keyboard.press("Tab")
    page.keyboard.type(typed)
    page.keyboard.press("Enter")


def set_up(page, check=lambda page: None):
    """Set the second step up by keyboard, checking each page; return the recovery codes."""
    expect(page.get_by_role("heading", name="Set up two-step login")).to_be_visible()
    check(page)
    letters = page.locator(".secret").inner_text().replace(" ", "").upper()
    key = b32decode(letters + "=" * (-len(letters) % 8))
    page.get_by_label("Code", exact=True).focus()
    page.keyboard.type(f"{totp(key):06d}")
    page.keyboard.press("Enter")
    codes = page.locator(".recovery-codes li")
    expect(codes).to_have_count(10)
    check(page)
    return codes.all_inner_texts()


def test_the_second_step_is_set_up_and_used_by_keyboard_and_without_script(open_page, settings):
    settings.REQUIRE_TOTP = True
    make_user(username="vera")
    page = open_page(viewport=PHONE, java_script_enabled=False)
    log_in(page)
    codes = set_up(page)

    page = open_page(viewport=PHONE, java_script_enabled=False)
    log_in(page)
    expect(page.get_by_label("Code", exact=True)).to_be_focused()
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    expect(page.get_by_text("This code is wrong")).to_be_visible()
    page.get_by_role("link", name="Use a recovery code").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Recovery code")).to_be_focused()
    page.keyboard.type(codes[0])
    page.keyboard.press("Enter")
    expect(page.get_by_text("You have 9 recovery codes left.")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_the_login_pass_axe(open_page, axe, settings, complaints, scheme):
    complaints.allow("status of 429")
    settings.LOGIN_ATTEMPTS = 2
    make_user(username="vera")
    page = open_page(color_scheme=scheme)
    page.goto("/admin/login/")
    axe(page)
    log_in(page)
    page.get_by_role("link", name="Two-step login").click()
    expect(page.get_by_role("link", name="Set it up")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Set it up").click()
    set_up(page, axe)
    page.get_by_role("link", name="I have kept them").click()
    with page.expect_navigation(url="**/two-step/**"):
        page.get_by_role("link", name="Two-step login").click()
    axe(page)

    page = open_page(viewport=PHONE, color_scheme=scheme)
    log_in(page)
    expect(page.get_by_label("Code", exact=True)).to_be_focused()
    axe(page)
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    expect(page.get_by_text("This code is wrong")).to_be_visible()
    axe(page)

    page = open_page(color_scheme=scheme)
    log_in(page, "wrong")
    expect(page.get_by_role("heading", name="Too many attempts")).to_be_visible()
    axe(page)
