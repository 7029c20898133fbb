"""Many words of trade in few words of text."""

import re

from django.utils.translation import gettext_lazy as _

from reviews.screening.goods import DRUGS
from reviews.screening.rule import Rule, pattern

LEVELS = ((3, 5), (4, 8))
"""So many different words of trade, in so many words of text for each of them at most."""

_TRADE = {
    "sell": r"(?:re)?sell(?:ing|ers?|s)?|sales?|4 sale",
    "buy": r"buy(?:ing|ers?)?|purchase",
    "order": r"orders?|ordering",
    "price": r"prices?|pricing|[$£€] ?\d{1,5}",
    "cheap": r"cheap(?:er|est)?|affordable|discount(?:s|ed)?|coupons?|\d{1,2} ?% off|half price|deals?|offers?",
    "bulk": r"bulk|wholesale|minimum|kilos?|kg|any (?:amount|quantity)|quantity",
    "stock": r"stock|available|restocked|batch|in hand",
    "ship": (
        r"ship(?:s|ping|ped)?|deliver(?:y|s|ed)?|delivered|dispatch|post(?:age|ed)?|door|tracking|"
        r"overnight|world ?wide|express"
    ),
    "hidden": r"discre[et]{2}(?:ly)?|stealth|anonymous|no questions|secure(?:ly)?|privacy",
    "vendor": r"vendors?|suppl(?:y|ies|iers?)|plug|dealers?|source|shop|store|pharmacy|web ?site|manufacturers?",
    "trust": (
        r"legit|trusted|verified|reliable|guaranteed?|genuine|original|sealed|refund|money back|quality|"
        r"pure|uncut|premium|grade"
    ),
    "pay": r"bitcoins?|btc|crypto|cash|cash ?app|paypal|zelle|venmo|payments?|cards?|usdt|western union",
    "ask": r"dm|pm|inbox|hmu|contact|message|text|call|whats ?app|telegram|wickr|signal|email|menu|visit|click|@\w{3,}",
    "prescription": r"no (?:rx|script|prescription)|without (?:a |any )?(?:script|prescription)|no id",
    "goods": (
        r"<drugs>|vials?|pills|meds|powder|crystals?|ket|k|xanax|mdma|coke|lsd|adderall|oxycodone|"
        r"research chemicals|samples?|testers?|menu"
    ),
}
_FOUND = pattern("|".join(f"(?P<{name}>{words})" for name, words in _TRADE.items()).replace("<drugs>", DRUGS))
_WORD = re.compile(r"\w+")


def find(reading):
    """Find the words of trade, where enough different ones stand in a text for its length and no patient speaks."""
    found = list(_FOUND.finditer(reading.plain))
    different = {match.lastgroup for match in found}
    if reading.is_of_patient:
        return
    length = len(_WORD.findall(reading.plain))
    if any(len(different) >= least and length <= most * len(different) for least, most in LEVELS):
        yield from (match.span() for match in found)


RULE = Rule(
    name="trade_words",
    weight=4,
    label=_("Many words of trade"),
    explanation=_("A short text with many different words of trade: price, stock, shipping, payment, contact."),
    find=find,
    catches=("Vials available, fast shipping, cash only, no rx",),
    leaves=(
        "My pharmacy had it in stock, and the price was fair. It helped me to sleep through the night again.",
        "I ordered it.",
    ),
)
