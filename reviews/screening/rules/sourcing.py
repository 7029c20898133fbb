"""Telling or asking where a medicine can be had outside a pharmacy."""

from django.utils.translation import gettext_lazy as _

from reviews.screening.goods import GOODS
from reviews.screening.rule import Rule, phrases

RULE = Rule(
    name="sourcing",
    weight=2,
    label=_("Where to get it"),
    explanation=_("Tells or asks where a medicine can be had other than from a pharmacy."),
    advice=_("This may say where the medicine can be had. Take it out: a review is about what it did."),
    find=phrases(
        r"(?:got|get|bought|buy|ordered|order|purchased|purchase) (?:\w{1,14} ){0,3}(?:online|on the internet|from "
        r"(?:us|me|him|them|a website|this (?:site|website|guy|vendor|shop|store)|a vendor|the dark ?(?:net|web)|"
        r"abroad|india|china|\w{0,10}@))",
        r"(?:where|how) (?:to|can (?:i|you|we|one)|do (?:i|you)|could i) (?:buy|order|get|find|score|purchase|source)"
        r" (?:some |it |this |the |a )?(?:<goods>|it|this|some)",
        r"(?:order|buy|get|source) (?:it|them|your own|some) yourself|(?:introduced|pointed|sent) me to (?:an? |this "
        r"|their )?(?:online|web|site|shop|store|seller|vendor|guy)",
        r"where (?:i|we) (?:get|got|buy|bought|order|ordered|source) (?:mine|it|my|ours|them|this)",
        r"(?:dark ?net|dark ?web|silk road|street dealer|vendors?|suppliers?|plug)",
        r"(?:know|found|have|got) (?:a |of a )?(?:guy|someone|somebody|vendor|seller|source|site|website|dealer|"
        r"supplier|plug|link) (?:who|that|for|with|to)",
        r"(?:looking|want|need|wanting|trying) to (?:buy|order|score|source|purchase) (?:\w{1,12} ){0,2}(?:<goods>)",
        r"(?:can|does|could) (?:anyone|anybody|somebody|someone) (?:sell|supply|hook|send|ship|get) (?:me|us)",
        r"(?:i |you )?(?:can |could )?(?:get|buy) (?:it|this|some|them|the same) (?:\w{1,9} ){0,2}(?:online|from "
        r"(?:us|abroad|india|a telegram|this))",
        goods=GOODS,
    ),
    catches=("You can order it online here.", "I know a guy who has it", "Where to buy ketamine?", "from the d4rk web"),
    leaves=("I got it from my pharmacy.", "I got better.", "Where can I find peace?", "You get it at the hospital."),
)
