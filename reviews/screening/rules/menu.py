"""A list of different street drugs, as a menu has them."""

import re

from django.utils.translation import gettext_lazy as _

from reviews.screening.rule import Rule, pattern

LEAST = 3
_PAST = re.compile(
    r"\b(?:i|we) (?:had |have |once |also |only )?(?:used|took|did|tried|abused|bought|was|drank|smoked)\b|^used "
)
_FOUND = pattern(
    r"(?P<k>ketamine?|ket|k|special k|2-?fdck)|(?P<mdma>mdma|md|mandy|molly|ecstasy|pills|pingers)|(?P<coke>coke|"
    r"cocaine|charlie|crack)|"
    r"(?P<meth>meth|ice|crystal|tina|speed)|(?P<lsd>lsd|acid|tabs|dmt|2-?c-?b|shrooms|mushrooms|psilocybin)|"
    r"(?P<weed>weed|bud|cannabis|thc|carts)|"
    r"(?P<benzo>xanax|xans|bars|valium|benzos)|(?P<opioid>heroin|oxy|oxycontin|percs|perks|fentanyl|lean|vicodin|"
    r"dilaudid)|(?P<stim>adderall|addys|ritalin|vyvanse)|(?P<ghb>ghb|gbl|rohypnol|nembutal)"
)


def find(reading):
    """Find the names, where different enough ones stand in one text and nobody tells of their past."""
    if reading.is_of_patient or _PAST.search(reading.plain):
        return
    found = list(_FOUND.finditer(reading.plain))
    if len({match.lastgroup for match in found}) >= LEAST:
        yield from (match.span() for match in found)


RULE = Rule(
    name="menu",
    weight=3,
    label=_("A list of street drugs"),
    explanation=_("Names three and more different drugs that are sold in the street."),
    find=find,
    catches=("ket, coke and pills",),
    leaves=("I took coke, ket and pills in my twenties.", "Ketamine and ice packs"),
)
