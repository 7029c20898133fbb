"""The passages that a moderator marked in a wording, each with a few words around it."""

from dataclasses import dataclass

AROUND = 60
"""Characters shown before and after a passage."""


@dataclass(frozen=True)
class Passage:
    """One marked passage and its surroundings."""

    where: str
    before: str
    words: str
    after: str


def passages_of(wording, marks):
    """Return a Passage for each mark ({where, start, end}) that lies in the wording, whoever made it."""
    found = (_passage(wording, **mark) for mark in marks)
    return [passage for passage in found if passage]


def _passage(wording, where, start, end):
    text = getattr(wording, where, None) if where in wording.TYPED else None
    if not text or not 0 <= start < end <= len(text):
        return None
    before = text[max(0, start - AROUND) : start]
    after = text[end : end + AROUND]
    if start > AROUND:
        # From the first whole word on.
        before = "… " + before.partition(" ")[2].lstrip()
    if end + AROUND < len(text):
        after = after.rpartition(" ")[0] + " …"
    return Passage(str(wording._meta.get_field(where).verbose_name), before, text[start:end], after)
