"""The same text in two reviews, or nearly the same, however its words are spaced, marked or written."""

import hashlib
from collections import Counter

from reviews.addresses import email_hashes
from reviews.likeness import ALIKE, keys_of, likeness, pairs_of
from reviews.screening import Finding
from reviews.screening.reading import read

SHORTEST = 40
"""Letters from which two equal texts are no accident: many people write “It helped me.”"""
MOST_KEYS, MOST_COMPARED = 600, 10
"""Keys of other reviews that are looked at, and reviews whose text is compared; more would tell nothing new."""


def hash_of(text):
    """Return what equal texts have in common, or "" for one that is too short to be told from others."""
    letters = "".join(filter(str.isalnum, read(text).plain))
    return hashlib.sha256(letters.encode()).hexdigest()[:32] if len(letters) >= SHORTEST else ""


def index(review):
    """Keep the keys under which near copies of the text in a review's row are found; those of an earlier text go."""
    from reviews.models import TextKey

    review.text_keys.all().delete()
    TextKey.objects.bulk_create(TextKey(review=review, key=key) for key in keys_of(pairs_of(review.body)))


def near_copies(body, *, among=None, of=None):
    """Return the keys of the stored reviews with nearly this text, the most alike first, in two queries.

    `among` are the reviews that count; `of` is the key of the one that the text belongs to, if there is one. Equal
    texts are near copies too.
    """
    from reviews.models import Review, TextKey

    pairs = pairs_of(body)
    found = TextKey.objects.filter(key__in=keys_of(pairs)).exclude(review=of).values_list("review_id", flat=True)
    closest = [pk for pk, _count in Counter(found[:MOST_KEYS]).most_common(MOST_COMPARED)]
    bodies = (Review.objects if among is None else among).filter(pk__in=closest).values_list("pk", "body")
    alike = [(likeness(pairs, pairs_of(other)), pk) for pk, other in bodies]
    return [pk for share, pk in sorted(alike, reverse=True) if share >= ALIKE]


def copied(text, *, of=None):
    """Return the finding that another review has the same text, or nearly the same, in a list; an empty one for none.

    `of` is the key of the stored review that the text belongs to, if there is one. What the same opened form has sent
    is no other review; nearly the same text by the same person is no copy.
    """
    from reviews.models import Review

    others = Review.objects.exclude(pk=of)
    if form_key := getattr(text, "form_key", None):
        others = others.exclude(form_key=form_key)
    digest = hash_of(text.body)
    if digest and others.filter(text_hash=digest).exists():
        return [_finding("copied", text)]
    if email := getattr(text, "email", ""):
        others = others.exclude(email_hash__in=email_hashes(email))
    return [_finding("near_copy", text)] if near_copies(text.body, among=others, of=of) else []


def _finding(kind, text):
    return Finding(kind, " ".join(text.body.split()), "body", 0, len(text.body))
