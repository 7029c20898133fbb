"""A price for a gram, a vial or a number of pills."""

from django.utils.translation import gettext_lazy as _

from reviews.screening.rule import Rule, phrases

UNIT = r"(?:g|gr|grams?|gs|oz|ounces?|kg|kilos?|vials?|pills?|tabs?|bars?|bottles?|boxe?s?|packs?|doses|sprays|strips?)"
PRICE = r"(?:[$£€] ?\d{1,5}|\d{1,5} ?(?:[$£€]|usd|gbp|eur|euros?|dollars?|pounds?|quid|bucks))"

RULE = Rule(
    name="unit_price",
    weight=3,
    label=_("A price for a quantity"),
    explanation=_("Gives a price for a gram, a vial or a number of pills, as a price list does."),
    find=phrases(
        rf"\d{{1,4}}(?:\.\d)? ?{UNIT}(?: of \w{{1,12}})? ?(?:for|at|is|is only|only|:|=)? ?{PRICE}",
        rf"{PRICE} ?(?:for |an |a |per |each |/ ?)?(?:\d{{1,4}} ?)?(?:g|gr|gram|oz|ounce|kg|kilo|half|q|eighth)",
        rf"\d{{1,4}} ?{UNIT} (?:\w{{1,12}} ){{0,2}}\d{{2,5}} ?(?:[$£€]|usd|gbp|eur|euros?|dollars?|pounds?|quid)",
        r"\d{1,4} ?(?:mg|ml|g) ?x ?\d{1,4}[, ]{1,2}[$£€]|[$£€] ?\d{1,5} (?:shipped|posted|delivered|each|cash|ono)|"
        r"price \d{1,5} each|price (?:is )?negotiable",
        r"(?:post|send|sell|ship|yours) (?:\w{1,8} ){0,2}for [$£€] ?\d",
        r"\d{2,3} ?/ ?(?:g|gram|oz|pill)",
        r"\d{1,3} (?:for|4) [$£€]? ?\d{2,4}",
        r"\d{2,4} (?:a|per|an) (?:g|gram|oz|ounce|kg|kilo)",
        not_by_patients=True,
    ),
    catches=("1g $40, 5g $180", "£25 a g", "3 for 60"),
    leaves=("£400 for each session", "I pay $25 a month", "0.5 mg/kg over 40 minutes", "2 for 3 weeks"),
)
