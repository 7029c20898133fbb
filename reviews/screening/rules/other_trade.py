"""Advertisements that have nothing to do with medicines, and miracle cures."""

from django.utils.translation import gettext_lazy as _

from reviews.screening.rule import Rule, phrases

RULE = Rule(
    name="other_trade",
    weight=6,
    label=_("Advertises something else"),
    explanation=_("Praises an investment, a game, a loan, a spell or another trade."),
    advice=_("This reads like an advertisement. A review is about this medicine alone."),
    find=phrases(
        r"(?:bitcoin|crypto|forex|fx|stock|binary) (?:\w{1,10} )?(?:trading|investments?|mining|options|platform|"
        r"signals|account manager)|trading (?:bot|platform)|binary options",
        r"(?:earn|make|made|making|earned|earning|earns|makes) (?:up to |over |about |around |me "
        r")?(?:[$£€] ?\d[\d,.]{2,8}|"
        r"\d[\d,.]{2,8} ?(?:[$£€]|dollars|pounds)) ?(?:a|per|every|in|each|weekly|daily|from|within) ?\w{0,5}|"
        r"(?:earn|make) money (?:online|from home|fast)|work from home (?:job|and earn)|passive income",
        r"(?:casino|slots?|betting|poker) (?:bonus|online|site)|online (?:casino|betting|slots)|win real money|free "
        r"spins|jackpots?|play (?:slots|poker|roulette)|win big|(?:welcome|sign ?up|deposit) bonus",
        r"(?:urgent|instant|personal|business|quick|need a|low interest|payday) loans?(?: offer)?|no credit check|"
        r"(?:cash|easy|fast) loans?|same day approval|"
        r"(?:low|3%) interest rate",
        r"(?:love|money|lottery|casino|luck|death)(?: and \w{1,9})? spells?|spell ?(?:caster|casting)|a spell|"
        r"(?:bring|brought) "
        r"(?:back )?(?:my|your) (?:ex|lost|husband|wife|lover) back|(?:bring|brought) back (?:my|your) (?:ex|lost)",
        r"(?:hire|professional|certified|ethical|genuine|legit) (?:\w{1,12} ){0,2}hackers?|recover(?:ed|y)? (?:my|"
        r"your|of) (?:lost |stolen )?(?:bitcoin|crypto|funds|money)|get back your (?:account|money)",
        r"(?:fake|replica|counterfeit|registered|real) (?:watches|passports|prescriptions|documents|ids|notes|"
        r"driv\w{3,4} licen[cs]es?)|(?:buy|cheap) (?:followers|likes|essays|backlinks|a driving licen[cs]e)|essay "
        r"writing|seo services|made to order|(?:diplomas?|passports?|driv\w{2,4} licen[cs]es?|certificates?)(?:, "
        r"\w{1,12}){0,3} (?:for sale|available)|(?:legal high|no drug test|rank higher|seo packages?)|\d{2,4} ?% "
        r"profit",
        r"(?:lose|drop|lost|shed) \d{1,3} ?(?:pounds|lbs|kg|kilos) (?:in|with|within) (?:\w{1,8} )?(?:days?|weeks?) "
        r"(?:with|using|thanks|by)|(?:keto|slim|fat ?burn)\w{0,8} (?:pro |max )?(?:gummies|tea|pills|capsules)",
        r"(?:hot|sexy|call) (?:girls|escorts?)|escort service|sugar (?:daddy|mummy)|(?:hot|sexy|local) (?:singles|"
        r"women|ladies)|meet (?:hot|sexy|local|single)|onlyfans|dating site",
    ),
    catches=(
        "Online casino with free spins",
        "a spell caster",
        "I earn $900 a day from home",
    ),
    leaves=(
        "I started gambling on this medicine.",
        "It cured nothing.",
        "I lost 20 pounds in six months.",
        "I lost 15 kg since March.",
    ),
)
