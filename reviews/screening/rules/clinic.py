"""Names of clinics, hospitals and practices."""

import re

from django.utils.translation import gettext_lazy as _

from reviews.screening.rule import Rule

_PLACE = (
    r"(?:[Cc]linics?|[Hh]ospitals?|[Ii]nfirmary|Surgery|[Mm]edical [Pp]ractice|[Mm]edical [Cc]ent(?:er|re)|"
    r"[Mm]edical [Gg]roup|[Hh]ealth(?:care)? [Cc]ent(?:er|re)|"
    r"[Ww]ellness(?: [Cc]ent(?:er|re))?|Pharmacy|Institute|[Pp]ain [Cc]ent(?:er|re)|Psychiatry|Therapeutics)"
)
_COMMON = (
    r"(?:The|A|An|My|Our|Your|His|Her|Their|This|That|In|At|On|To|From|After|Before|No|Any|Every|Each|Private|Local|"
    r"Ketamine|Esketamine|Spravato|NHS|GP|UK|US|USA|VA|Mental|Pain|General|"
    r"I|We|He|She|They|It|When|While|But|And|So|Then|Good|Great|Best|Emergency|Day|Which|Some|Infusion|University|"
    r"Hospital|Clinic|Online|Pharmacy|Went|Both|One|Two|Three|If|As|IV|ER|TMS|EKG|ECT|MRI)"
)
_NAMED = re.compile(
    rf"\b(?:(?!{_COMMON}\b)(?:St\.? )?[A-Z][\w'’-]{{2,20}} )(?:(?:of|and|&|for|[A-Z][\w'’-]{{1,20}}) ){{0,3}}{_PLACE}\b"
    r"|\b(?:Clinic|Hospital|Institute|Cent(?:er|re)) (?:of|at|for) (?!The\b|My\b)[A-Z][a-z]{2,20}"
)


def find(reading):
    """Find words in capitals that end in what a place of care is called."""
    if not reading.cased.isupper():
        yield from (match.span() for match in _NAMED.finditer(reading.cased))


RULE = Rule(
    name="clinic",
    weight=0,
    label=_("Name of a clinic"),
    explanation=_("What may be the name of a clinic, a hospital or a practice. It may be wrong: look at it."),
    advice=_(
        "This looks like the name of a clinic or a practice, which could not answer here. Write “a clinic” instead."
    ),
    find=find,
    catches=(
        "I went to the Meadow Clinic.",
        "St Mary's Hospital was fine.",
        "At Meadow Ketamine Clinic they know.",
        "the Institute of Hope",
    ),
    leaves=(
        "The clinic was clean.",
        "In Hospital they gave me some.",
        "A private clinic",
        "My Pharmacy was slow.",
        "An NHS hospital",
    ),
)
