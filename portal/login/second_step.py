"""The second step of a login: a code from the owner's phone (TOTP), or one of their recovery codes."""

import hashlib
import secrets

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_otp import verify_token

from portal.models import Phone, RecoveryCode

RECOVERY_CODES = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that look alike."""


class TooSoon(Exception):
    """After wrong codes the next is looked at only at `again_at`; the wait doubles each time."""

    def __init__(self, again_at):
        self.again_at = again_at
        super().__init__(again_at)


def is_due(user):
    """Whether a password alone does not let this person in."""
    return device_of(user) is not None or is_required_of(user)


def is_required_of(user):
    """Whether the settings demand a second step of this person."""
    return settings.REQUIRE_TOTP and user.is_staff


def device_of(user):
    """Return the person's confirmed device, or None."""
    return Phone.objects.filter(user=user, confirmed=True).first() if user.is_authenticated else None


def new_device(user, *, seen=None):
    """Return a device that this person may confirm: the one they have seen, by its key, or a new one.

    Nobody is given a secret that another session may have seen.
    """
    unconfirmed = Phone.objects.filter(user=user, confirmed=False)
    if device := unconfirmed.filter(pk=seen).first():
        return device
    unconfirmed.delete()
    return Phone.objects.give(user)


@transaction.atomic
def confirm(device, code):
    """Make a new device the person's only one if it made this code; return whether it did. Raises TooSoon."""
    if not check_code(device, code):
        return False
    Phone.objects.filter(user=device.user_id).exclude(pk=device.pk).delete()
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    return True


def check_code(device, code):
    """Return whether the device made this code just now. A code counts once. Raises TooSoon."""
    is_allowed, wait = device.verify_is_allowed()
    if not is_allowed:
        raise TooSoon(wait["locked_until"])
    return verify_token(device.user, device.persistent_id, "".join(code.split())) is not None


def make_recovery_codes(user):
    """Return new recovery codes in place of all earlier ones. They can be read now and never again."""
    codes = ["-".join(_letters(4) for _ in range(4)) for _ in range(RECOVERY_CODES)]
    with transaction.atomic():
        RecoveryCode.objects.filter(user=user).delete()
        RecoveryCode.objects.bulk_create(RecoveryCode(user=user, code_hash=_hash_of(code)) for code in codes)
    return codes


def use_recovery_code(user, code):
    """Use a recovery code up; return whether it was one."""
    unused = RecoveryCode.objects.filter(user=user, used_at=None, code_hash=_hash_of(code))
    return unused.update(used_at=timezone.now()) == 1


def recovery_codes_left(user):
    """Return how many recovery codes can still be used."""
    return RecoveryCode.objects.filter(user=user, used_at=None).count()


@transaction.atomic
def reset(user):
    """Take the second step away, for somebody who lost both phone and codes."""
    Phone.objects.filter(user=user).delete()
    RecoveryCode.objects.filter(user=user).delete()


def _letters(number):
    return "".join(secrets.choice(LETTERS) for _ in range(number))


def _hash_of(code):
    # A code is 79 random bits, so a plain hash cannot be searched through.
    letters = "".join(letter for letter in code.lower() if letter in LETTERS)
    return hashlib.sha256(letters.encode()).hexdigest()
