"""Telling others how much to take."""

import re

from django.utils.translation import gettext_lazy as _

from reviews.screening.rule import Rule

_NUMBER = (
    r"(?:\d{1,5}(?:[.,]\d{1,3})?(?: ?[-–/] ?\d{1,5}(?:[.,]\d{1,3})?)?|half|one|two|three|four|five|six|eight|ten|"
    r"another|double|an? extra|more than \w{1,5})"
)
_UNIT = (
    r"(?:mg|mcg|ug|g|ml|cc|milligrams?|micrograms?|grams?|millilitres?|milliliters?|units?|tablets?|tabs?|pills?|"
    r"capsules?|drops|puffs|sprays|lozenges?|troches?|doses?|lines?|bumps?)"
)
_DOSE = re.compile(
    r"(?<!\w)(?:take|try|use|inject|inhale|snort|swallow|sniff|start(?: off)? (?:with|at|on|low at)|begin (?:with|at)"
    r"|go (?:up )?to|increase (?:it )?to|up to|stick to|don't exceed|"
    r"double (?:your|the)|drop (?:down )?to|have)"
    rf"(?: (?!for\b)[a-z']{{1,10}}){{0,3}}? ?{_NUMBER} ?(?:of (?:a |the )?|a )?(?:{_UNIT}|dose)(?:/kg)?\b"
    r"|(?<!\w)(?:the )?(?:right|best|correct|ideal|perfect|safe|optimal) (?:dose|dosage|amount) (?:is|would be|=|:) "
    r"[^.!?\n]{0,20}?\d{1,5}"
    r"|(?<!\w)(?:double|triple|increase|lower|halve|up|raise|skip) (?:your|ur) (?:dose|dosage)"
)
_OTHERS = frozenset(
    "you u your everyone everybody anyone anybody people others guys always just should must ur newbies beginners "
    "folks".split()
)
_ONESELF = frozenset(
    "i i'd i'll i've i'm we we'd we'll me us my our he she they him her them his their it was were told had have has "
    "did "
    "didn't to would could used doctor doctors gp nurse psychiatrist consultant prescribed pharmacist said says let "
    "allowed "
    "only usually now still then and patients patient husband wife mum mother son daughter dad father".split()
)
_SENTENCE = re.compile(r"[.!?;:] |\n")


def find(reading):
    """Find instructions, but not what somebody took: "I take 50 mg", "was told to take 50 mg"."""
    for match in _DOSE.finditer(reading.plain):
        before = _SENTENCE.split(reading.plain[max(0, match.start() - 60) : match.start()])[-1]
        words = re.findall(r"[\w']+", before)[-6:]
        if (
            (words and words[-1] in ("and", "then", "or") and not _ONESELF & set(words[:-1]))
            or _OTHERS & set(words)
            or not _ONESELF & set(words)
        ):
            yield match.span()


RULE = Rule(
    name="dose",
    weight=0,
    label=_("Tells others what to take"),
    explanation=_("Tells others how much to take, or how. What somebody took is no instruction."),
    advice=_("This may tell others how much to take. Say what you took and what it did, not what others should take."),
    find=find,
    catches=(
        "Take 50 mg and wait.",
        "You should take two or 2 tablets.",
        "Start with 0.5 mg/kg.",
        "Just snort 30mg at first.",
        "Double your dose if it does nothing.",
        "The right dose is 75 mg.",
    ),
    leaves=(
        "I took 50 mg twice a day for three weeks.",
        "I take 2 tablets every evening.",
        "My doctor told me to take 25 mg at first.",
        "Ketamine 0.5 mg/kg over 40 minutes, six infusions.",
        "I was to start with 10 mg and go up to 20 mg.",
        "She lets me take one tablet.",
    ),
)
