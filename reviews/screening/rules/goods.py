"""Names under which medicines are sold in the street."""

from django.utils.translation import gettext_lazy as _

from reviews.screening.goods import SLANG
from reviews.screening.rule import Rule, phrases

RULE = Rule(
    name="goods",
    weight=0,
    label=_("Name from the street"),
    explanation=_("A name under which drugs are sold in the street. People also use it of their own past."),
    find=phrases(SLANG, r"(?:ket|k) (?:and|or|&|,) (?:coke|mandy|mdma|xans|meds|bud|pills|md)"),
    catches=("special k", "MDMA and coke", "2-FDCK"),
    leaves=("Ketamine", "Vitamin K", "I drank juice."),
)
