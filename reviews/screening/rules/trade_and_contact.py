"""Words of trade close to a way to answer."""

import re
from bisect import bisect_left, bisect_right

from django.utils.translation import gettext_lazy as _

from reviews.screening.goods import DRUGS, SLANG
from reviews.screening.rule import Rule, pattern
from reviews.screening.rules import email, handle, messenger, phone, web

CLOSE = 120
_TRADE = pattern(
    r"(?:re)?sell(?:s|ing|ers?)?|suppl(?:y|ies|iers?)|vendors?|dealers?|plug|deliver(?:y|s|ed)?|ship(?:s|ped|ping)?|"
    r"samples?|testers?|stock(?:s|ed)?|legit|uncut|pure|generics?|discounts?|"
    r"offers?|deals?|prices?|cheap(?:er|est)?|menu|orders?|ordered|bought|buy(?:ing|ers?)?|purchase|available|no "
    r"(?:rx|script|prescription|doctor)|without (?:a |any )?(?:script|prescription|doctor)|"
    r"\d{1,3} ?%|[$£€] ?\d{1,5}|drops?|dropped|kits?|supplements?|herbal|natural cure|referral|free|appl(?:y|ication)"
    r"|sign up|register|book|loans?|crypto|coupons?|recovery|wholesale|bulk|half price|real <drugs>|legit <drugs>|"
    r"need (?:some )?<drugs>|<slang>",
    drugs=DRUGS + "|k",
    slang=SLANG + "|ket",
)


_ASKED_FOR = re.compile(
    r"\b(?:contact|text|call|ring|message|msg|txt|whats ?app|wa|tel|sms|telegram|signal|phone|orders?|write|reply|hmu|"
    r"e?-?mail|info|inquiries|enquiries)(?: (?:at|on|via|us|me|him|to|now|the number)){0,2}\W{1,4}$"
)
_DRUGS = pattern(DRUGS, r"loans?|casino|invest\w{0,6}|sessions?|infusions?|packs?|doses|sprays?|documents|kg|pounds")
_BEFORE = 40
_WARNING = re.compile(r"\b(?:never|don't|do not|nobody should|not to|stop|beware of) (?:\w+ ){0,2}$")


def find(reading):
    """Find ways to answer with a word of trade close by, or the name of a drug where somebody can be reached."""
    trade = _starts(_TRADE, reading)
    drugs = _starts(_DRUGS, reading)
    if not trade and not drugs:
        return
    for rule in (handle, phone, email, web, messenger):
        if rule is messenger and reading.is_worded_as_review:
            continue
        for start, end in reading.found_by(rule.RULE.find):
            is_asked_for = _ASKED_FOR.search(reading.plain, max(0, start - _BEFORE), start)
            is_personal = rule in (handle, email)
            if _any_close(trade, start, end) or ((is_asked_for or is_personal) and _any_close(drugs, start, end)):
                yield start, end


def _starts(compiled, reading):
    plain = reading.plain
    found = (match.start() for match in compiled.finditer(plain))
    return [place for place in found if not _WARNING.search(plain, max(0, place - _BEFORE), place)]


def _any_close(places, start, end):
    first = bisect_right(places, start - CLOSE)
    return first < bisect_left(places, start) or bisect_left(places, end) < bisect_left(places, end + CLOSE)


RULE = Rule(
    name="trade_and_contact",
    weight=4,
    label=_("Trade, with a way to answer"),
    explanation=_("A telephone number, an address or an account stands close to words of trade."),
    find=find,
    catches=("selling ket, snap: kboy_m", "Pure stuff, 07700 900 111", "Ketamine? Text +44 7700 900123"),
    leaves=(
        "Ring +44 7700 900123",
        "The clinic has a website, www.clinic.example",
        "I bought a chair. It helped.",
        "Never buy them on Telegram!",
    ),
)
