"""Logging in: the password, the second step, and how that is set up."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from portal.models import Phone, RecoveryCode
from tests.factories import make_user
from tests.portal.logging_in import LOGIN, code_of, is_in, make_device, send_password, wait

pytestmark = pytest.mark.django_db


# The first step.


def test_without_a_second_step_the_password_is_enough(client):
    user = make_user()
    assert send_password(client, user).status_code == 302
    assert is_in(client)


# The second step.


@pytest.mark.parametrize(
    "next_page", ["//evil.example", "/\\evil.example", "https://evil.example/", "javascript:alert(1)"]
)
def test_a_login_leads_to_no_other_site_but_to_the_desk(client, next_page):
    user = make_user()
    answer = client.post(LOGIN, {"username": user.get_username(), "password": "pass", "next": next_page})
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")


def test_with_a_second_step_the_password_alone_lets_nobody_in(client):
    user = make_user(is_superuser=True)
    make_device(user)
    assert send_password(client, user)["Location"] == "/admin/login/code/"
    assert not is_in(client)
    assert client.get("/admin/two-step/").status_code == 302
    assert client.get(reverse("editor_login_state")).json()["message"]


def test_the_code_from_the_phone_lets_its_owner_in_where_they_wanted_to_go(client):
    user = make_user(is_superuser=True)
    device = make_device(user)
    client.post(LOGIN, {"username": user.get_username(), "password": "pass", "next": "/admin/monographs/monograph/"})
    code = code_of(device)
    response = client.post("/admin/login/code/", {"code": f"{code[:3]} {code[3:]}"})
    assert response["Location"] == "/admin/monographs/monograph/"
    assert is_in(client)


def test_a_code_counts_once(client):
    user = make_user()
    code = code_of(make_device(user))
    send_password(client, user)
    client.post("/admin/login/code/", {"code": code})
    other = Client()
    send_password(other, user)
    assert other.post("/admin/login/code/", {"code": code}).status_code == 200
    assert not is_in(other)


def test_a_wrong_code_is_said_and_the_wait_after_it_doubles(client):
    user = make_user()
    device = make_device(user)
    send_password(client, user)
    page = client.post("/admin/login/code/", {"code": "x"}).content.decode()
    assert "This code is wrong" in page
    page = client.post("/admin/login/code/", {"code": code_of(device)}).content.decode()
    assert "you have to wait" in page
    wait(device, seconds=2)
    assert client.post("/admin/login/code/", {"code": code_of(device)}).status_code == 302


@pytest.mark.parametrize("change", ["password", "inactive", "late"])
def test_the_first_step_is_forgotten_when_it_no_longer_holds(client, change, settings):
    user = make_user()
    device = make_device(user)
    send_password(client, user)
    if change == "password":
        user.set_password("other")
    user.is_active = change != "inactive"
    user.save()
    if change == "late":
        session = client.session
        session["login.pending"] |= {"until": 0}
        session.save()
    response = client.post("/admin/login/code/", {"code": code_of(device)})
    assert response["Location"] == LOGIN
    assert not is_in(client)


def test_the_code_page_leads_who_has_not_given_a_password_to_the_login(client):
    assert client.get("/admin/login/code/")["Location"] == LOGIN
    assert client.get("/admin/login/set-up/")["Location"] == LOGIN


def test_another_persons_code_does_not_help(client):
    user = make_user()
    make_device(user)
    other = make_device(make_user())
    send_password(client, user)
    assert client.post("/admin/login/code/", {"code": code_of(other)}).status_code == 200


# Setting it up.


def test_setting_it_up_shows_a_code_to_scan_and_letters_to_type_and_ends_with_recovery_codes(client):
    user = make_user()
    client.force_login(user)
    page = client.get("/admin/login/set-up/").content.decode()
    device = Phone.objects.get(user=user)
    assert not device.confirmed
    assert "<svg" in page
    assert "style=" not in page
    assert re.search(r'class="secret">([a-z2-7]{4} ?)+<', page)
    response = client.post("/admin/login/set-up/", {"code": code_of(device)})
    codes = re.findall(r"<li><code>([a-z2-9-]{19})</code>", response.content.decode())
    assert len(codes) == 10
    assert "no-store" in response["Cache-Control"]
    device.refresh_from_db()
    assert device.confirmed
    assert is_in(client)
    stored = " ".join(RecoveryCode.objects.values_list("code_hash", flat=True))
    assert not any(code in stored or code.replace("-", "") in stored for code in codes)


def test_a_wrong_code_leaves_it_off_and_shows_the_same_secret_again(client):
    client.force_login(make_user())
    before = client.get("/admin/login/set-up/").content.decode()
    after = client.post("/admin/login/set-up/", {"code": "12"}).content.decode()
    secret = re.compile(r'class="secret">([^<]+)<')
    assert secret.search(before)[1] == secret.search(after)[1]
    assert not Phone.objects.filter(confirmed=True).exists()


def test_nobody_is_given_a_secret_that_another_session_has_seen():
    user = make_user()
    keys = []
    for client in (Client(), Client()):
        client.force_login(user)
        client.get("/admin/login/set-up/")
        keys.append(Phone.objects.get(user=user).key)
    assert keys[0] != keys[1]


def test_other_sessions_of_the_person_have_to_log_in_again(client):
    user = make_user()
    other = Client()
    other.force_login(user)
    assert is_in(other)
    client.force_login(user)
    client.get("/admin/login/set-up/")
    client.post("/admin/login/set-up/", {"code": code_of(Phone.objects.get(user=user))})
    assert is_in(client)
    assert not is_in(other)


def test_where_it_is_required_it_is_set_up_at_the_next_login(client, settings):
    user = make_user()
    client.force_login(user)
    settings.REQUIRE_TOTP = True
    assert not is_in(client)
    assert send_password(client, user)["Location"] == "/admin/login/set-up/"
    assert not is_in(client)
    client.get("/admin/login/set-up/")
    client.post("/admin/login/set-up/", {"code": code_of(Phone.objects.get(user=user))})
    assert is_in(client)
