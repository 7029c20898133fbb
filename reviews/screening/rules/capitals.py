"""Text in capitals throughout."""

from django.utils.translation import gettext_lazy as _

from reviews.screening.rule import Rule

LEAST_LETTERS = 12
SHARE = 0.7


def find(reading):
    """Find the whole text where most of its letters are capitals."""
    letters = [character for character in reading.original if character.isalpha()]
    upper = sum(character.isupper() for character in letters)
    if len(letters) >= LEAST_LETTERS and upper >= SHARE * len(letters):
        yield 0, len(reading.plain)


RULE = Rule(
    name="capitals",
    weight=1,
    label=_("All in capitals"),
    explanation=_("Most letters are capitals, which is hard to read and reads like shouting."),
    advice=_("Most of this is in capitals, which is hard to read. Write it in small letters."),
    find=find,
    catches=("THIS CHANGED MY WHOLE LIFE",),
    leaves=("OK. I felt better.", "MRI, NMDA, EKG.", "I had an MRI and an EKG."),
)
