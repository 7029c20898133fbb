"""An account on a messenger or a network."""

import re

from django.utils.translation import gettext_lazy as _

from reviews.screening.rule import Rule, pattern

_AT = re.compile(r"(?<![\w.@/])@[a-z](?=\w{2,31}(?![\w@]))[\w.]{2,31}")
_BESIDE = pattern(
    r"(?:t|wa|telegram|instagram|fb|facebook|discord|x)(?:\.| dot | \. )(?:me|gg|com|dog) ?/ ?[\w+.-]{2,64}",
    r"(?:<named>|tg)(?: ?(?:id|handle|username|name|user|channel|is|me|him|us|group)){0,2} ?"
    r"(?:[:=>-]{1,3} ?@?|@ ?)[\w.]{3,32}",
    r"(?:<named>|tg|ig|tele|snap|insta|session|telly)(?: me| him| us| id|:)? ?:? ?(?=\w{0,20}(?:ket|plug|drug|shop|"
    r"meds|pharm|chem|king|deal|suppl|vend|store|kilo))(?=\w{5})\w{4,30}",
    r"(?:<named>|tg|ig|snap|insta|telegram)(?: me| him| us| id|:)? ?:? ?[a-z]\w{1,20}\.\w[\w.]{2,20}|(?:reddit|"
    r"telegram|discord|wickr) user ?:? ?\w{3,30}",
    r"(?:session|signal|threema)(?: id)? ?:? ?(?=[a-z]{0,12}\d)(?=\w{8})\w{8,70}",
    r"(?:session|signal|line|ig|tele|snap)(?: ?(?:id|handle|username|me|him|us))? ?[:=>-]{1,3} ?(?:@\w{3,32}|"
    r"\w{0,24}[_\d]\w{0,24})",
    r"(?:<named>|tg|ig|tele|snap|insta)(?: me| him| us| id| group)? (?=\w{4})(?=[\d_]{0,8}[a-z])\w{0,24}[_\d]\w{0,24}",
    r"(?:<named>|tg|ig|tele|snap|insta|session|signal) ?@ ?\w{3,32}",
    r"(?:<named>|tg|signal|session|wa)(?: me| us| him| her| at| on| number)?[ :=>-]{1,3}\+?\(?\d[\d ()./-]{6,18}\d",
    named=r"telegram|whats? ?app|wickr(?: ?me)?|threema|snap ?chat|insta(?:gram)?|kik|skype|we ?chat|discord|viber|"
    r"twitter",
)


def find(reading):
    """Find names with an @, and names beside that of a messenger."""
    spans = [match.span() for match in _AT.finditer(reading.plain)]
    ends = {end for _start, end in spans}
    yield from spans
    for match in _BESIDE.finditer(reading.plain):
        if match.end() not in ends:
            yield match.span()


RULE = Rule(
    name="handle",
    weight=3,
    label=_("Account"),
    explanation=_("The name of an account on a messenger or a network."),
    advice=_("This looks like the name of an account. Take it out: nobody should be contacted because of a review."),
    find=find,
    catches=(
        "I am @dealer99 there",
        "t.me/dealer",
        "Wickr: kingpin",
        "snap k_dealer99",
        "telegram @ ketking",
        "WhatsApp +234 705 555 0111",
    ),
    leaves=(
        "I take it @ night.",
        "The session: strange at first.",
        "ada@example.org",
        "My signal is weak 2 days later.",
    ),
)
