"""Cures by herbs and healers, as those who sell them tell of them."""

from django.utils.translation import gettext_lazy as _

from reviews.screening.rule import Rule, phrases

RULE = Rule(
    name="miracle",
    weight=4,
    label=_("A miracle cure"),
    explanation=_("Praises a cure by herbs, by a healer or by something natural, as those who sell it do."),
    advice=_("This reads like an advertisement. A review is about this medicine alone."),
    find=phrases(
        r"herbal (?:medicines?|remed(?:y|ies)|cures?|doctor|herbs|mixture|tea)|his (?:herbs|powers|herbal)|herbalist|"
        r"natural cure|(?:great|powerful) healer|"
        r"cured? (?:me|my (?:\w{1,14} ){1,4})(?:with|by) (?:his|her|herb\w*|natural|prayer)|(?:cured|healed) (?:me|"
        r"my \w{1,14}) (?:\w{1,10} ){0,3}(?:with (?:his|her|herb\w{0,4})|completely and|permanently)",
        r"(?:want to|here to|let me) (?:testify|give a testimony)|testimony (?:of|about) how|all thanks to (?:dr|"
        r"doctor|prophet)|thanks to (?:dr|doctor|prophet) \w{3,12} (?:for|who)",
    ),
    catches=("He cured my herpes with his herbs", "herbal medicine", "I want to testify how I was healed"),
    leaves=(
        "It cured my migraine.",
        "It cured nothing.",
        "I tried herbs before, and nothing helped.",
        "Thanks to my doctor.",
    ),
)
