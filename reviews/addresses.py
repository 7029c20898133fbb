"""Keyed hashes of addresses: equal ones can be found, and nobody without the key can tell whose they are.

After SECRET_KEY changed, an address is looked for under the former keys too, while they are SECRET_KEY_FALLBACKS;
`purge_personal_data` brings what they hashed under the new one.
"""

from django.conf import settings
from django.utils.crypto import salted_hmac


def email_hash(address):
    """Return the keyed hash of an e-mail address, whatever its letters' case, or "" for none."""
    return _hash(address, settings.SECRET_KEY) if address else ""


def email_hashes(address):
    """Return the hashes that an address may be kept under: with the key in force, and with each former one."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS] if address else []
    return [_hash(address, key) for key in keys]


def _hash(address, key):
    plain = address.strip().casefold()
    return salted_hmac("reviews.email", plain, secret=key, algorithm="sha256").hexdigest()
