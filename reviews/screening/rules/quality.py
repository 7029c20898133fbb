"""Praise of goods as sellers word it."""

from django.utils.translation import gettext_lazy as _

from reviews.screening.goods import DRUGS
from reviews.screening.rule import Rule, phrases

RULE = Rule(
    name="quality",
    weight=2,
    label=_("Praises goods"),
    explanation=_("Praises the purity or quality of goods as sellers do."),
    find=phrases(
        r"(?:top|best|high(?:est)?|premium|a\+|pharma(?:ceutical)?|medical|finest|supreme|superb|excellent|great|"
        r"superior) ?-?(?:quality|grade|shelf) (?:\w{1,12} ){0,2}(?:<drugs>|product|products|stuff|meds|gear|pills|"
        r"powder|crystals?|k|items?)",
        r"(?:\d{2}(?:\.\d{1,2})? ?%|lab) (?:pure|purity|tested|grade)|(?:un ?cut|lab[ -]tested|purest|cleanest|"
        r"needle ?point|pure|premium|quality|finest) (?:\w{1,10} ){0,2}(?:<drugs>|k|powder|crystals?|product|stuff|"
        r"gear)",
        r"(?:would|will) (?:buy|order|shop) (?:again|from (?:them|him|her) again)|(?:legit|genuine|original) "
        r"(?:<drugs>|products?|pills|meds|stuff)|(?:10 ?/ ?10|five star|5 star|hundreds of|great) (?:seller|vendor|"
        r"service|shop|reviews|product)",
        r"(?:fast|reliable|quick|discreet) service|no (?:scams?|bs|fakes?)|(?:never|not) (?:been )?scammed|"
        r"satisfaction guaranteed|money ?-?back|100 ?% "
        r"(?:legit|safe|pure|real|genuine|guaranteed|secure|satisf\w{1,6})|(?:amazing|great|wonderful|quality|"
        r"genuine) products?,? (?:bought|got|ordered|and|from)",
        drugs=DRUGS,
        not_by_patients=True,
    ),
    catches=("Top quality ketamine", "99.8% purity", "uncut coke", "Legit vendor, would buy again"),
    leaves=("The quality of my sleep is better.", "Pure joy.", "Best decision ever."),
)
