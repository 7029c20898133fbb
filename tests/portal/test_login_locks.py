"""Locks after too many failures, and the record of logins."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from monographs.models import WideNetworkAct
from portal.models import Login
from tests.factories import make_user
from tests.portal.logging_in import LOGIN, code_of, is_in, make_device, send_password, wait

pytestmark = pytest.mark.django_db


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


def test_a_wide_network_fails_a_few_times_as_often_as_one_network_may(client, settings, monkeypatch):
    settings.LOGIN_ATTEMPTS = 1
    monkeypatch.setattr(Login, "NETWORK_ALLOWANCE", 2)
    monkeypatch.setattr("portal.login.lock_out.WIDER", 2)
    user, other = make_user(), make_user()
    networks = [f"2001:db8:7:{number:x}::1" for number in range(6)]
    statuses = [send_password(client, user, "wrong", REMOTE_ADDR=each).status_code for each in networks[:4]]
    assert statuses == [429] * 4  # by itself, each is locked after its first
    assert send_password(client, other, REMOTE_ADDR=networks[4]).status_code == 429
    assert send_password(client, other, REMOTE_ADDR="2001:db8:8::1").status_code == 302
    over = timezone.now() - timedelta(minutes=settings.LOGIN_LOCKOUT_MINUTES, seconds=1)
    WideNetworkAct.objects.update(at=over)
    assert send_password(Client(), other, REMOTE_ADDR=networks[5]).status_code == 302


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
