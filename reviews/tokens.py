"""The secrets in authors' links: signatures, 43 characters long, of a review and of how often its link was renewed.

Nothing of them is stored, so a copy of the database opens no page, and a link can be sent again. One that fell into
the wrong hands is replaced by another, and one of an erased review opens nothing. Each purpose has its own, they are
compared in constant time, and those that were sent before SECRET_KEY changed go on working with SECRET_KEY_FALLBACKS.
"""

import re

from django.core.signing import BadSignature, Signer

AUTHOR = "reviews.author"
CONFIRMATION = "reviews.confirmation"
_VALUE = re.compile(r"([0-9]{1,18})(?:-([0-9]{1,9}))?", re.ASCII)


def make_token(review, purpose):
    """Return the token of a review."""
    return _signer(purpose).sign(f"{review.pk}-{review.link_number}" if review.link_number else review.pk)


def read_token(token, purpose):
    """Return (primary key, number of the link) of a token. Raises ValueError for a made-up one."""
    try:
        match = _VALUE.fullmatch(_signer(purpose).unsign(token))
    except BadSignature as error:
        raise ValueError(token) from error
    if not match:
        raise ValueError(token)
    return int(match[1]), int(match[2] or 0)


def _signer(purpose):
    return Signer(salt=purpose, sep=".")
