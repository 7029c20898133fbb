"""Names of people."""

import re

from django.utils.translation import gettext_lazy as _

from reviews.screening.rule import Rule

_NAME = re.compile(
    r"\b(?:[Dd][Rr]\.?|[Dd]octors?|[Pp]rof(?:essor|\.)?|[Mm]rs?\.?|[Mm]s\.?|[Mm]iss|[Nn]urse|[Ss]ister|[Ss]urgeon|"
    r"[Cc]onsultant|[Tt]herapist|[Pp]sychiatrist|[Pp]harmacist)"
    r" (?!I\b|The\b|He\b|She\b|They\b|We\b|It\b|My\b|And\b|But\b|In\b|At\b|On\b|Google\b|Visit|Who\b|Told\b|Said\b|"
    r"Is\b|Was\b|Practitioner|Appointment|Office|Surgery|Clinic|Line\b|No\b|Not\b|This\b|That\b|You\b|Phil\b|Prescri|"
    r"Recommend|Started|Put\b|Gave\b|If\b|When\b|After\b|As\b|To\b|For\b|Has\b|Had\b|Would\b|Will\b|Then\b)"
    r"[A-Z][a-z'’-]{1,20}(?: (?!The\b|He\b|She\b|They\b|I\b)[A-Z][a-z'’-]{1,20}){0,2}"
)


def find(reading):
    """Find titles that a name follows; capitals throughout tell no names."""
    if not reading.cased.isupper():
        yield from (match.span() for match in _NAME.finditer(reading.cased))


RULE = Rule(
    name="person",
    weight=0,
    label=_("Name of a person"),
    explanation=_("A title with a name, such as that of a doctor. It may be wrong: look at it."),
    advice=_(
        "This looks like the name of a person, who could not answer here. Write “my doctor” or “the nurse” instead."
    ),
    find=find,
    catches=(
        "I saw Dr Smith there.",
        "Dr. Jane Smith was kind.",
        "Mrs Jones from the ward",
        "Nurse Kelly held my hand",
    ),
    leaves=(
        "My doctor was kind.",
        "The Doctor. He was kind.",
        "dr told me to wait",
        "I asked Dr Google.",
        "The nurse I saw",
    ),
)
