"""Telephone numbers, in digits, in words, and in a mixture of both."""

import re

from django.utils.translation import gettext_lazy as _

from reviews.screening.rule import Rule

_WORD = r"zero|nought|oh|one|two|three|four|five|six|seven|eight|nine|double|triple|plus|o(?![a-z])"
_SEPARATOR = r"[ ()./_*~,–-]{0,3}"
_DIGITS = re.compile(rf"(?<![\w.])(?:\+|00)?[\do(](?:{_SEPARATOR}[\doil]){{6,16}}(?!\w)")
_WORDS = re.compile(rf"\b(?:(?:{_WORD}|\d){_SEPARATOR}){{6,18}}(?:{_WORD}|\d)\b")
_NOT_A_NUMBER = re.compile(
    r"\b\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}\b|^(?:19|20)\d\d ?[-–/,] ?(?:19|20)\d\d|\d,\d{3}\b(?!\d)|"
    r"^\d{1,3}(?:[ ,./-]{1,3}\d{1,3}){2,}$"
)
_LEAST, _MOST = 8, 15


def find(reading):
    """Find runs of 8 to 15 digits that are no dates, years, amounts or lists of small numbers."""
    ends = 0
    for found in (_DIGITS, _WORDS):
        for match in found.finditer(reading.plain):
            text = match[0]
            if found is _DIGITS and not _is_number(text):
                continue
            if found is _WORDS and (match.start() < ends or len(re.findall(_WORD, text)) < 4 or text.count(",") > 2):
                continue
            ends = max(ends, match.end())
            yield match.span()


def _is_number(text):
    digits = sum(character.isdigit() for character in text)
    letters = sum(character.isalpha() for character in text)
    if not _LEAST <= digits + letters <= _MOST or digits < max(6, letters + 1):
        return False
    begins_like_one = text[0] in "+(0o"
    return (begins_like_one and not re.search(r"\d[-/.]\d{1,2}[-/.]\d{4}\b", text)) or not _NOT_A_NUMBER.search(text)


RULE = Rule(
    name="phone",
    weight=2,
    label=_("Telephone number"),
    explanation=_("What looks like a telephone number, in digits or in words."),
    advice=_("This looks like a telephone number. Take it out: nobody should be called because of a review."),
    find=find,
    catches=(
        "Ring +44 7700 900123.",
        "(020) 7946 0018",
        "0044-7700-900-123",
        "zero seven seven zero zero nine zero zero one two three",
        "0️⃣7️⃣7️⃣0️⃣0️⃣ 9️⃣0️⃣0️⃣1️⃣2️⃣3️⃣",
        "O77OO 9OO 123",
        "+1 (555) 012-3456",
    ),
    leaves=(
        "From 12/03/2020 to 14/04/2021, then again 2023-2024.",
        "It took one, two, three or four weeks.",
        "10.000 people, 5-10 minutes, 120/80",
        "I tried 10, 20, 30, 40 and 50 mg.",
        "In 2019, 2020 and 2021 I had 6 infusions.",
    ),
)
