"""A web address whose name says that it is a shop."""

import re

from django.utils.translation import gettext_lazy as _

from reviews.screening.rule import Rule
from reviews.screening.rules import web

_SHOP = re.compile(
    r"buy|shop|store|order|cheap|deal|sale|pharm|meds|pill|drug|rx|ket[a_\-sv.]|ket$|keta|psych|chem|vendor|plug|"
    r"express|supply|bet|casino|bit\.ly|t\.me|"
    r"xan|benzo|supermarket|trip|spin|bot|earn"
)


def find(reading):
    """Find web addresses and in them the words of a shop."""
    return (span for span in reading.found_by(web.find) if _SHOP.search(reading.plain[slice(*span)].replace(" ", "")))


RULE = Rule(
    name="shop_name",
    weight=3,
    label=_("Web address of a shop"),
    explanation=_("A web address whose name says that something is sold there."),
    find=find,
    catches=("ketamine-store.shop", "onlinepharmacy.to", "rxcheap d0t com"),
    leaves=("www.clinic.example", "See nhs.uk for more."),
)
