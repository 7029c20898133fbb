"""The secrets of phones are encrypted where they are kept."""

import pytest
from django.core.management import call_command
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from portal.login import second_step
from portal.login.sealing import seal, unseal
from portal.models import Phone
from tests.factories import make_user

pytestmark = pytest.mark.django_db

NEW = "another-secret-key-" + "y" * 50


def code_of(phone):
    return f"{totp(phone.bin_key):06d}"


def stored(phone):
    return TOTPDevice.objects.values_list("key", flat=True).get(pk=phone.pk)


def test_what_is_stored_is_not_the_secret_and_never_twice_the_same():
    phone = Phone.objects.give(make_user())
    assert phone.bin_key.hex() not in stored(phone)
    assert len(stored(phone)) <= TOTPDevice._meta.get_field("key").max_length
    assert seal(phone.bin_key) != seal(phone.bin_key)
    assert unseal(seal(phone.bin_key)) == phone.bin_key


def test_after_a_change_of_the_key_the_phone_goes_on_and_the_former_key_can_be_given_up(settings, capsys):
    phone = second_step.new_device(make_user())
    secret = phone.bin_key
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], NEW
    assert second_step.confirm(phone, code_of(phone))
    call_command("purge_personal_data")
    assert "1 secrets of phones" in capsys.readouterr().out
    settings.SECRET_KEY_FALLBACKS = []
    assert Phone.objects.get().bin_key == secret
    call_command("purge_personal_data")
    assert "0 secrets of phones" in capsys.readouterr().out


def test_a_secret_whose_key_is_gone_makes_no_code_right(settings):
    phone = Phone.objects.give(make_user())
    code = code_of(phone)
    settings.SECRET_KEY = NEW
    assert not second_step.confirm(Phone.objects.get(), code)
    before = stored(phone)
    call_command("purge_personal_data")
    assert stored(phone) == before


def test_a_secret_that_was_kept_in_the_clear_goes_on_and_is_encrypted_with_the_next_purge():
    old = TOTPDevice.objects.create(user=make_user(), name="TOTP", confirmed=True)
    phone = second_step.device_of(old.user)
    assert phone.bin_key.hex() == old.key
    call_command("purge_personal_data")
    assert len(stored(phone)) == 64
    assert Phone.objects.get().bin_key.hex() == old.key
    assert second_step.check_code(second_step.device_of(old.user), code_of(phone))
