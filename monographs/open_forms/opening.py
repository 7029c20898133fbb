"""A form carries a signed note of when, and for which monograph, it was opened.

Programs send forms at once; people take a few seconds. The note also gives each opened form a key, so that pressing
Send twice stores one thing. `purpose` is what the form is for: a note of one kind of form is worth nothing in another.
"""

from datetime import timedelta
from uuid import UUID, uuid4

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner

LEAST = timedelta(seconds=3)
MOST = timedelta(hours=24)


class TooFast(Exception):
    """The form was sent sooner than a person could fill it in."""


class Expired(Exception):
    """The form was opened too long ago, or its note is missing, made up or another monograph's."""


def _signer(purpose):
    return TimestampSigner(salt=f"{purpose}.opening")


def open_form(purpose, monograph_id):
    """Return the note for a form that is opened now."""
    return _signer(purpose).sign(f"{monograph_id}-{uuid4().hex}")


def key_of(note, purpose, monograph_id):
    """Return the key of the form that a note belongs to. Raises Expired, or TooFast for one that may be sent later."""
    try:
        opened_for, _dash, key = _signer(purpose).unsign(note, max_age=MOST).partition("-")
    except BadSignature:
        raise Expired from None
    if opened_for != str(monograph_id):
        raise Expired
    if _is_younger(note, purpose, LEAST):
        raise TooFast
    return UUID(key)


def _is_younger(note, purpose, age):
    try:
        _signer(purpose).unsign(note, max_age=age)
    except SignatureExpired:
        return False
    return True
