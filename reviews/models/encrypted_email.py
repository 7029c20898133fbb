"""E-mail addresses are encrypted where they are kept, so that a copy of the database tells none."""

from base64 import urlsafe_b64encode
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models
from django.utils.crypto import salted_hmac


class EncryptedEmailField(models.EmailField):
    """An e-mail address, encrypted with a key made from SECRET_KEY; what SECRET_KEY_FALLBACKS encrypted can be read.

    It cannot be searched: each time, the same address is encrypted differently. `email_hash` is there for that. An
    address whose key is gone reads as none.
    """

    def get_internal_type(self):
        # Encrypted, an address is several times as long.
        return "TextField"

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return _cipher().encrypt(value.encode()).decode() if value else value

    def from_db_value(self, value, expression, connection):
        if not value:
            return value
        try:
            return _cipher().decrypt(value).decode()
        except InvalidToken:
            return ""


def is_under_former_key(stored):
    """Whether an address, as the database holds it, was encrypted with another key than the one in force."""
    try:
        _cipher_of((settings.SECRET_KEY,)).decrypt(stored)
    except InvalidToken:
        return True
    return False


def _cipher():
    return _cipher_of((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


@lru_cache(maxsize=4)
def _cipher_of(keys):
    return MultiFernet([Fernet(_key_made_from(key)) for key in keys])


def _key_made_from(secret):
    digest = salted_hmac("reviews.email.encryption", "", secret=secret, algorithm="sha256").digest()
    return urlsafe_b64encode(digest)
