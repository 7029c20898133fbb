"""Encrypts the secrets that phones share with the site, with a key made from SECRET_KEY, where they are kept.

A copy of the database then makes nobody a code. What SECRET_KEY_FALLBACKS encrypted can be read; `purge_personal_data`
brings it under the key in force, and with it what was kept in the clear before there was this.
"""

import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.crypto import salted_hmac

PLAIN = re.compile(r"[0-9a-f]{40}")
"""As django-otp writes a secret; encrypted, one has 64 characters and always fits."""

NONCE = 12


def seal(secret):
    """Return a secret of twenty bytes as a text that can be stored."""
    nonce = secrets.token_bytes(NONCE)
    return urlsafe_b64encode(nonce + _cipher(settings.SECRET_KEY).encrypt(nonce, secret, None)).decode()


def unseal(stored):
    """Return the secret; one whose key is gone is replaced by one that nobody knows, so that no code is right."""
    if PLAIN.fullmatch(stored):
        return bytes.fromhex(stored)
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        if secret := _opened(stored, key):
            return secret
    return secrets.token_bytes(20)


def is_to_be_sealed_again(stored):
    """Whether a secret is kept in the clear or under a former key."""
    if PLAIN.fullmatch(stored):
        return True
    return any(_opened(stored, key) for key in settings.SECRET_KEY_FALLBACKS)


def _opened(stored, key):
    data = urlsafe_b64decode(stored)
    try:
        return _cipher(key).decrypt(data[:NONCE], data[NONCE:], None)
    except InvalidTag:
        return None


def _cipher(key):
    return AESGCM(salted_hmac("portal.login.phone", "", secret=key, algorithm="sha256").digest())
