"""The secrets in authors' links: signed keys of reviews, not stored, so that a link can be sent again.

Each purpose has its own, and links that were sent before SECRET_KEY changed go on working with SECRET_KEY_FALLBACKS.
"""

from django.core.signing import BadSignature, Signer

AUTHOR = "reviews.author"
CONFIRMATION = "reviews.confirmation"


def make_token(pk, purpose):
    """Return the token of the review with this primary key."""
    return _signer(purpose).sign(pk)


def read_token(token, purpose):
    """Return the primary key that a token was made for, or None for a made-up one."""
    try:
        return int(_signer(purpose).unsign(token))
    except BadSignature:
        return None


def _signer(purpose):
    return Signer(salt=purpose, sep=".")
