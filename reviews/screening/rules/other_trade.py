"""Advertisements that have nothing to do with medicines, and miracle cures."""

from django.utils.translation import gettext_lazy as _

from reviews.screening.rule import Rule, phrases

RULE = Rule(
    name="other_trade",
    weight=4,
    label=_("Advertises something else"),
    explanation=_("Praises an investment, a game, a loan, a spell, a miracle cure or another trade."),
    advice=_("This reads like an advertisement. A review is about this medicine alone."),
    find=phrases(
        r"(?:bitcoin|crypto|forex|fx|stock|binary) (?:\w{1,10} )?(?:trading|investments?|mining|options|platform|"
        r"signals|account manager)|trading (?:bot|platform)|binary options",
        r"(?:earn|make|made|making|earned|earning|earns|makes) (?:\w{1,9} )?(?:[$£€] ?\d[\d,.]{1,8}|"
        r"\d[\d,.]{2,8} ?(?:[$£€]|dollars|pounds)) ?(?:a|per|every|in|each|weekly|daily|from|within) ?\w{0,5}|"
        r"(?:earn|make) money (?:online|from home|fast)|work from home (?:job|and earn)|passive income",
        r"(?:casino|slots?|betting|poker) (?:bonus|online|site)|online (?:casino|betting|slots)|win real money|free "
        r"spins|jackpots?",
        r"(?:urgent|instant|personal|business|quick|need a|low interest|payday) loans?(?: offer)?|no credit check|"
        r"(?:low|3%) interest rate",
        r"(?:love|money|lottery|casino|luck|death)(?: and \w{1,9})? spells?|spell ?(?:caster|casting)|love spells?|a "
        r"spell|(?:bring|brought) back (?:my|your) (?:ex|lost)|herbal "
        r"(?:medicines?|remed(?:y|ies)|cures?|doctor|herbs|mixture)|his herbs|herbalist|cured? my (?:\w{1,14} "
        r"){0,3}(?:with|by|completely|permanently|for good)|"
        r"(?:cured|healed) (?:me|my \w{1,14}) (?:\w{1,10} ){0,3}(?:with|of|from|completely|permanently)",
        r"(?:hire|professional|certified|ethical|genuine|legit) (?:\w{1,12} ){0,2}hackers?|recover(?:ed|y)? (?:my|"
        r"your|of) (?:lost |stolen )?(?:bitcoin|crypto|funds|money)|get back your (?:account|money)",
        r"(?:fake|replica|counterfeit|registered|real) (?:watches|passports|prescriptions|documents|ids|notes|"
        r"driv\w{3,4} licen[cs]es?)|(?:buy|cheap) (?:followers|likes|essays|backlinks|a driving licen[cs]e)|essay "
        r"writing|seo services|made to order",
        r"(?:lose|drop|lost|shed) \d{1,3} ?(?:pounds|lbs|kg|kilos) (?:in|with|within) (?:\w{1,8} )?(?:days?|weeks?) "
        r"(?:with|using|thanks|by)|(?:keto|slim|fat ?burn)\w{0,8} (?:pro |max )?(?:gummies|tea|pills|capsules)",
        r"escorts?|sugar (?:daddy|mummy)|hot (?:girls|singles)|onlyfans|dating site",
    ),
    catches=(
        "Online casino with free spins",
        "a spell caster",
        "He cured my herpes with his herbs",
        "I earn $900 a day from home",
    ),
    leaves=(
        "I started gambling on this medicine.",
        "It cured nothing.",
        "I lost 20 pounds in six months.",
        "I lost 15 kg since March.",
    ),
)
