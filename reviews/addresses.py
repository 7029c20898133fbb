"""Keyed hashes of addresses: equal ones can be found, and nobody without the key can tell whose they are."""

from django.utils.crypto import salted_hmac


def email_hash(address):
    """Return the keyed hash of an e-mail address, whatever its letters' case, or "" for none."""
    if not address:
        return ""
    return salted_hmac("reviews.email", address.strip().casefold(), algorithm="sha256").hexdigest()
