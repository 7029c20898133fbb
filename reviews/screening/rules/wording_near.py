"""Worded a little as sales messages are: a sign that counts beside another one."""

from django.utils.translation import gettext_lazy as _

from reviews.screening.rule import Rule
from reviews.screening.rules import wording

LEAST = -0.25


def find(reading):
    """Find the words that weigh most, where a part of the text might be of a sales message or of a review."""
    part = reading.heaviest_part
    return part.spans if LEAST <= part.score < wording.LEAST else ()


RULE = Rule(
    name="wording_near",
    weight=2,
    label=_("Worded a little like a sales message"),
    explanation=_(
        "The words might be those of a sales message. Alone this tells nothing, beside another sign it does."
    ),
    find=find,
    only_in="body",
    catches=(),
    leaves=("The pharmacy delivered it to my door, and it cost nine pounds.",),
)
