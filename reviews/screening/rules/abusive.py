"""Words that insult or threaten people."""

from django.utils.translation import gettext_lazy as _

from reviews.screening.rule import Rule, phrases

RULE = Rule(
    name="abusive",
    weight=0,
    label=_("Abusive words"),
    explanation=_("Words that insult, threaten or demean people. Strong words about a feeling are none."),
    advice=_("These words may insult or threaten somebody. Say what happened without them."),
    find=phrases(
        r"idiots?|morons?|imbeciles?|scum(?:bags?)?|bastards?|bitch(?:es)?|cunts?|wank(?:er|ers)|arse ?holes?|"
        r"ass ?holes?|dick ?heads?|pricks?|twats?|whores?|sluts?|retard(?:s|ed)?|faggots?|nazis?|subhumans?|vermin|"
        r"jerks?|douche ?bags?",
        r"(?:f+u+c+k+|f[*u#@]{1,2}c?k|screw|damn) (?:you|u|off|them|him|her|the (?:doctors?|nurses?)|these|those|"
        r"yourself)|(?:stupid|dumb|filthy|lazy|fat|ugly|useless|evil|disgusting|brain ?dead) (?:\w{1,10} )?(?:people|"
        r"doctors?|nurses?|woman|women|man|men|cow|pigs?|junk(?:ie|y|ies)|addicts?|staff|morons?|patients?|"
        r"immigrants?)",
        r"(?:go to hell|drop dead|piece of (?:shit|crap|garbage)|rot in hell|burn in hell|hope (?:you|they|he|she) "
        r"(?:all )?(?:dies?|rots?|burns?|suffers?)|deserves? to (?:die|rot|suffer|be (?:shot|killed|beaten)))|(?:i|"
        r"we)(?:'ll| will|'m going to| am going to) (?:kill|hurt|beat|find|destroy|shoot) (?:you|him|her|them|that "
        r"(?:doctor|nurse))",
        r"kill (?:your ?self|yourselves)|kys|junkies|crackheads?",
    ),
    catches=("You are all idiots.", "Stupid doctors", "i d i o t s", "Go to hell", "f*ck you"),
    leaves=("I felt like an animal.", "It was hell to come off it.", "I felt stupid.", "The damn pain was gone."),
)
