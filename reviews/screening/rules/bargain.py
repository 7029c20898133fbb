"""Prices and discounts as advertisements praise them."""

from django.utils.translation import gettext_lazy as _

from reviews.screening.goods import DRUGS
from reviews.screening.rule import Rule, phrases

RULE = Rule(
    name="bargain",
    weight=2,
    label=_("Praises a price"),
    explanation=_("Praises a price or a discount as advertisements do."),
    find=phrases(
        r"(?:best|low(?:est)?|cheap(?:est)?|affordable|great|wholesale|competitive|fair|reasonable|unbeatable|"
        r"factory|discount(?:ed)?|bargain|special|crazy|student|"
        r"trade|street|good) (?:prices?|rates?|deals?|offers?|discounts?)",
        r"(?:way|much|far|a lot|\d{2} ?%|half|\w{1,8} times) (?:cheaper|less (?=than the (?:clinic|doctor|pharm)|at "
        r"\w+ clinic))(?: (?:than|from|with|at) (?:the |a |any |your )?(?:clinics?|doctors?|pharmac\w{1,4}|"
        r"prescription|here|us))?|deals? on|rip(?:s|ped|ping)? (?:you|u|us) off|my code|code [a-z]{2,8}\d{1,3}",
        r"(?:discount|promo|coupon|voucher|referral) codes?|\d{1,3} ?% (?:off|discount|cheaper)|half ?-?price|buy "
        r"(?:one|1|two|2) get (?:one|1)|(?:limited|special) (?:time )?offers?",
        r"(?:cheap(?:er|est)?|discount(?:ed)?) (?:<drugs>|k|meds|pills|online|and fast|fast)|price ?lists?|save "
        r"(?:up to )?\d{1,3} ?%|use (?:my |the |our )?code|this week only|while stocks? lasts?|(?:prices?|quotes?) "
        r"on request",
        r"(?:prices?|deals?) (?:on|start|from|begin)\w{0,5} (?:at |from )?[$£€]? ?\d{1,4}|for only [$£€]? ?\d{1,4}|"
        r"pay(?:ing)? (?:a )?(?:clinic|doctor)s? (?:hundreds|thousands|[$£€] ?\d)|(?:for|at) (?:a )?fraction of the "
        r"(?:price|cost)",
        r"(?:prices?|rates?) (?:are |is |r )?(?:cheap|low|right|unbeatable|negotiable|slashed)|usual prices|limited "
        r"time|(?:free|airmail) (?:\w{1,8} )?shipping|low cost|sale(?: ends|:| now on|s price)|(?:new year|black "
        r"friday|summer|winter|christmas|flash|clearance) sale|best cash",
        r"for peanuts|(?:a )?(?:tenth|third|quarter|half|fraction) (?:of )?the (?:price|cost)|half of what",
        drugs=DRUGS,
        not_by_patients=True,
    ),
    catches=("Lowest prices", "Use code KET20", "cheap xanax"),
    leaves=("It is not cheap.", "The price went up.", "I cannot afford it any more."),
)
