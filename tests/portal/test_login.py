"""Logging in: password, second step, lock-out, and the record of it."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import totp

from portal.login import second_step
from portal.models import Login, Phone, RecoveryCode
from tests.factories import make_user

pytestmark = pytest.mark.django_db

LOGIN = "/admin/login/"


def make_device(user):
    phone = Phone.objects.give(user)
    phone.confirmed = True
    phone.save()
    return phone


def code_of(device):
    """Return the code that the person's phone shows now."""
    return f"{totp(device.bin_key):06d}"


def send_password(client, user, typed="pass", **extra):
    return client.post(LOGIN, {"username": user.get_username(), "password": typed, "next": "/admin/"}, **extra)


def is_in(client):
    return client.get("/admin/").status_code == 200


def wait(device, **time):
    """Let time pass for a device that counted wrong codes or took one."""
    ago = timezone.now() - timedelta(**time)
    Phone.objects.filter(pk=device.pk).update(throttling_failure_timestamp=ago, last_t=-1)


# The first step.


def test_without_a_second_step_the_password_is_enough(client):
    user = make_user()
    assert send_password(client, user).status_code == 302
    assert is_in(client)


# The second step.


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


# Recovery.


def test_a_recovery_code_lets_its_owner_in_once(client):
    user = make_user()
    make_device(user)
    code = second_step.make_recovery_codes(user)[3]
    send_password(client, user)
    assert client.post("/admin/login/code/?recovery", {"code": code.upper().replace("-", " ")}).status_code == 302
    assert "9 recovery codes left" in client.get("/admin/").content.decode()
    other = Client()
    send_password(other, user)
    assert other.post("/admin/login/code/?recovery", {"code": code}).status_code == 200
    assert not is_in(other)


def test_a_recovery_code_is_its_owners_only(client):
    user = make_user()
    make_device(user)
    code = second_step.make_recovery_codes(make_user())[0]
    send_password(client, user)
    assert client.post("/admin/login/code/?recovery", {"code": code}).status_code == 200


@pytest.fixture
def verified(client):
    """A person who is logged in with both steps, and their device."""
    user = make_user()
    device = make_device(user)
    send_password(client, user)
    client.post("/admin/login/code/", {"code": code_of(device)})
    wait(device, seconds=60)
    return user, device


@pytest.mark.parametrize("button", ["codes", "phone", "off"])
def test_a_change_to_it_needs_a_code(client, verified, button):
    user, _device = verified
    second_step.make_recovery_codes(user)
    before = set(RecoveryCode.objects.values_list("code_hash", flat=True))
    client.post("/admin/two-step/", {button: "1", "code": "123"})
    assert set(RecoveryCode.objects.values_list("code_hash", flat=True)) == before
    assert Phone.objects.filter(user=user, confirmed=True).exists()


def test_new_recovery_codes_replace_the_earlier_ones(client, verified):
    user, device = verified
    old = second_step.make_recovery_codes(user)
    page = client.post("/admin/two-step/", {"codes": "1", "code": code_of(device)}).content.decode()
    assert page.count("<li><code>") == 10
    assert not any(second_step.use_recovery_code(user, code) for code in old)


def test_it_can_be_switched_off_where_it_is_not_required(client, verified, settings):
    user, device = verified
    client.post("/admin/two-step/", {"off": "1", "code": code_of(device)})
    assert second_step.device_of(user) is None
    assert is_in(client)


def test_it_cannot_be_switched_off_where_it_is_required(client, verified, settings):
    settings.REQUIRE_TOTP = True
    _user, device = verified
    assert "Switch off" not in client.get("/admin/two-step/").content.decode()
    client.post("/admin/two-step/", {"off": "1", "code": code_of(device)})
    assert not is_in(client)


def test_a_superuser_resets_the_second_step_of_another(client):
    person = make_user()
    make_device(person)
    second_step.make_recovery_codes(person)
    client.force_login(make_user(is_superuser=True))
    address = f"/admin/auth/user/{person.pk}/reset-second-step/"
    assert address in client.get(f"/admin/auth/user/{person.pk}/change/").content.decode()
    assert client.get(address).status_code == 200
    assert second_step.device_of(person)
    assert client.post(address).status_code == 302
    assert second_step.device_of(person) is None
    assert second_step.recovery_codes_left(person) == 0
    assert client.post("/admin/auth/user/999999/reset-second-step/").status_code == 404


@pytest.mark.parametrize("permissions", [[], ["auth.change_user", "auth.view_user"]])
def test_nobody_else_resets_it(client, permissions):
    person = make_user()
    make_device(person)
    client.force_login(make_user(*permissions))
    assert client.post(f"/admin/auth/user/{person.pk}/reset-second-step/").status_code == 403
    assert second_step.device_of(person)


def test_nobody_resets_their_own(client):
    user = make_user(is_superuser=True)
    client.force_login(user)
    assert client.post(f"/admin/auth/user/{user.pk}/reset-second-step/").status_code == 404


def test_the_admin_shows_no_secret_of_a_device(client):
    make_device(make_user())
    client.force_login(make_user(is_superuser=True))
    assert client.get("/admin/otp_totp/totpdevice/").status_code == 404


# Lock-out.


def test_after_too_many_wrong_passwords_even_the_right_one_has_to_wait(client, settings):
    settings.LOGIN_ATTEMPTS = 3
    user = make_user()
    statuses = [send_password(client, user, "wrong").status_code for _ in range(4)]
    assert statuses == [200, 200, 429, 429]
    response = send_password(client, user)
    assert response.status_code == 429
    assert response["Retry-After"] == "900"
    assert "Too many attempts" in response.content.decode()
    assert not is_in(client)


def test_the_lock_ends_by_the_clock_however_often_somebody_tries(client, settings):
    settings.LOGIN_ATTEMPTS = 3
    user = make_user()
    for _ in range(8):
        send_password(client, user, "wrong")
    Login.objects.update(at=timezone.now() - timedelta(minutes=settings.LOGIN_LOCKOUT_MINUTES, seconds=1))
    assert send_password(client, user).status_code == 302


def test_a_lock_is_of_one_network_so_that_nobody_locks_others_out(client, settings):
    settings.LOGIN_ATTEMPTS = 3
    user = make_user()
    for _ in range(3):
        send_password(client, user, "wrong", REMOTE_ADDR="203.0.113.9")
    assert send_password(client, user, REMOTE_ADDR="198.51.100.7").status_code == 302


def test_the_addresses_of_one_customer_are_one_network(client, settings):
    settings.LOGIN_ATTEMPTS = 3
    user = make_user()
    statuses = [
        send_password(client, user, "wrong", REMOTE_ADDR=f"2001:db8::{number}").status_code for number in range(3)
    ]
    assert statuses[-1] == 429


def test_trying_one_password_on_many_names_is_locked_too(client, settings):
    settings.LOGIN_ATTEMPTS = 2
    allowed = settings.LOGIN_ATTEMPTS * Login.NETWORK_ALLOWANCE
    statuses = [
        client.post(LOGIN, {"username": f"name{number}", "password": "Summer2026"}).status_code
        for number in range(allowed + 1)
    ]
    assert statuses == [200] * (allowed - 1) + [429] * 2


def test_a_success_starts_the_count_anew(client, settings):
    settings.LOGIN_ATTEMPTS = 3
    user = make_user()
    for _ in range(4):
        send_password(client, user, "wrong")
        send_password(client, user, "wrong")
        assert send_password(Client(), user).status_code == 302


def test_wrong_codes_lock_as_wrong_passwords_do(client, settings):
    settings.LOGIN_ATTEMPTS = 2
    user = make_user()
    device = make_device(user)
    send_password(client, user)
    assert client.post("/admin/login/code/", {"code": "x"}).status_code == 200
    wait(device, hours=1)
    assert client.post("/admin/login/code/", {"code": "x"}).status_code == 429
    wait(device, hours=1)
    assert client.post("/admin/login/code/", {"code": code_of(device)}).status_code == 429
    assert not is_in(client)


# The record.


def results():
    return list(Login.objects.order_by("at", "pk").values_list("user__username", "result"))


def test_every_attempt_is_recorded_with_who_when_and_result(client, settings):
    settings.LOGIN_ATTEMPTS = 2
    user = make_user(username="vera")
    device = make_device(user)
    send_password(client, user, "wrong")
    send_password(client, user)
    client.post("/admin/login/code/", {"code": code_of(device)})
    client.post(LOGIN, {"username": "nobody", "password": "x"})
    send_password(client, user, "wrong")
    send_password(client, user, "wrong")
    assert results() == [
        ("vera", "wrong_password"),
        ("vera", "entered"),
        (None, "wrong_password"),
        ("vera", "wrong_password"),
        ("vera", "wrong_password"),
        ("vera", "locked"),
    ]


def test_the_record_holds_neither_addresses_nor_names_that_were_typed(client):
    client.post(LOGIN, {"username": "my-password-by-mistake", "password": "x"}, REMOTE_ADDR="203.0.113.9")
    stored = str(list(Login.objects.values()))
    assert "my-password-by-mistake" not in stored
    assert "203.0.113.9" not in stored
    call_command("dumpdata", "axes", stdout=(output := StringIO()))
    assert output.getvalue().strip() == "[]"


def test_the_log_holds_neither_addresses_nor_names_that_were_typed(client, caplog, settings):
    settings.LOGIN_ATTEMPTS = 1
    client.post(LOGIN, {"username": "my-password-by-mistake", "password": "x"}, REMOTE_ADDR="203.0.113.9")
    assert "my-password-by-mistake" not in caplog.text
    assert "203.0.113.9" not in caplog.text


def test_after_the_days_of_the_setting_the_record_forgets_networks_and_unknown_names(client, settings):
    settings.ADDRESS_RETENTION_DAYS = 7
    user = make_user(username="vera")
    send_password(client, user, "wrong")
    client.post(LOGIN, {"username": "nobody", "password": "x"})
    Login.objects.update(at=timezone.now() - timedelta(days=8))
    send_password(Client(), user, "wrong")
    call_command("purge_personal_data", stdout=StringIO())
    kept = list(Login.objects.order_by("at").values_list("user__username", "network_hash", "name_hash"))
    assert kept[0] == ("vera", "", "")
    assert len(kept) == 2
    assert kept[1][1]


def test_only_who_may_see_logins_sees_them_and_nobody_changes_them(client):
    login = Login.objects.create(result=Login.Result.ENTERED)
    assert client.get("/admin/portal/login/").status_code == 302
    client.force_login(make_user())
    assert client.get("/admin/portal/login/").status_code == 403
    client.force_login(make_user("portal.view_login"))
    assert client.get("/admin/portal/login/").status_code == 200
    assert client.get(f"/admin/portal/login/{login.pk}/change/").status_code == 200
    client.force_login(make_user(is_superuser=True))
    assert client.post(f"/admin/portal/login/{login.pk}/change/", {"result": "locked"}).status_code == 403
    assert client.post(f"/admin/portal/login/{login.pk}/delete/", {"post": "yes"}).status_code == 403


def test_who_was_on_the_way_to_a_page_is_led_there_by_the_form(client):
    page = client.get(reverse("admin:monographs_monograph_changelist"), follow=True).content.decode()
    assert 'name="next" value="/admin/monographs/monograph/"' in page
    assert 'name="next" value="/admin/"' in client.get(reverse("admin:login")).content.decode()
