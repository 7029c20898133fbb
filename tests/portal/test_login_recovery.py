"""Recovery codes, and changes to the second step."""

import pytest
from django.test import Client

from portal.login import second_step
from portal.models import Phone, RecoveryCode
from tests.factories import make_user
from tests.portal.logging_in import code_of, is_in, make_device, send_password, wait

pytestmark = pytest.mark.django_db


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
