"""The same text in two reviews, however its words are spaced, marked or written."""

import hashlib

from reviews.screening import Finding
from reviews.screening.reading import read

SHORTEST = 40
"""Letters from which two equal texts are no accident: many people write “It helped me.”"""


def hash_of(text):
    """Return what equal texts have in common, or "" for one that is too short to be told from others."""
    letters = "".join(filter(str.isalnum, read(text).plain))
    return hashlib.sha256(letters.encode()).hexdigest()[:32] if len(letters) >= SHORTEST else ""


def copied(text, *, of=None):
    """Return the finding that another review has the same text, in a list; an empty one where none has.

    `of` is the key of the stored review that the text belongs to, if there is one. What the same opened form has sent
    is no other review.
    """
    from reviews.models import Review

    digest = hash_of(text.body)
    if not digest:
        return []
    others = Review.objects.filter(text_hash=digest).exclude(pk=of)
    if form_key := getattr(text, "form_key", None):
        others = others.exclude(form_key=form_key)
    if not others.exists():
        return []
    return [Finding("copied", " ".join(text.body.split()), "body", 0, len(text.body))]
