"""Words of suicide, overdose or an emergency."""

from django.utils.translation import gettext_lazy as _

from reviews.screening.rule import Rule, phrases

SELF = r"(?:my|him|her|them|your|our|one) ?sel(?:f|ves)"

RULE = Rule(
    name="crisis",
    weight=0,
    label=_("May speak of danger to life"),
    explanation=_("Speaks of suicide, self-harm, an overdose or an emergency. Look at it first."),
    find=phrases(
        r"suicid\w{0,10}|sewer ?slid\w{0,3}|un ?aliv\w{0,4}|kms",
        rf"(?:kill(?:ed|ing)?|harm(?:ed|ing)?|hurt(?:ing)?|cut(?:ting)?|hang(?:ed|ing)?|hung|drown(?:ed|ing)?|shoot|"
        rf"shot) {SELF}|self ?-?harm\w{{0,5}}",
        r"(?:end(?:ed|ing)?|take|took|taking) (?:it all|(?:my|his|her|their|your)(?: own)? (?:own )?li(?:fe|ves))|"
        r"end it(?: all)?(?: tonight| now)?(?=[.!?,]|$)",
        r"(?:want(?:ed|ing|s)?|wish(?:ed)?|going|ready|plan(?:s|ned|ning)?|like|trying|tried) (?:i was |i were |to "
        r"be )?(?:to die|dead|to end (?:it|my life|everything)|to disappear forever)",
        r"(?:don't|do not|didn't|did not|no longer|can't) (?:want|wish|see a reason|go on) ?(?:to (?:live|be here|be "
        r"alive|wake up|exist|go on)|living|like this)|"
        r"(?:no|any|without) (?:reason|will|point) (?:to|in) (?:live|living|go on|going on)|better off (?:dead|"
        r"without me)|nothing (?:left )?to live for|tired of (?:living|life|being alive)",
        r"over ?dos\w{0,5}|od'(?:d|ed|ing)|oded|(?:took|taken|swallowed|taking) (?:too (?:many|much)|all (?:my|the|"
        r"of (?:my|the))|the whole (?:box|bottle|pack)|a (?:whole )?(?:handful|bottle|box))",
        r"(?:can(?:'|no)?t|cannot|not|stopped|stops|hardly|barely|unable to|struggling to|trouble) (?:breath\w{0,4})|"
        r"turn(?:ed|ing|s)? blue|(?:lips|face) (?:are |is |went |turned )?blue",
        r"(?:won't|doesn't|not|cannot|can't|couldn't|wouldn't|didn't) wak\w{0,5}(?: up)?|unconscious|unresponsive|"
        r"passed out and|collapsed|convulsi\w{0,4}",
        r"chest pains?|heart attack|anaphyla\w{0,6}|throat (?:is |was )?(?:closing|closed|swelling|swollen)|"
        r"(?:call(?:ed|ing)?|need(?:ed)?) (?:an )?ambulance|call(?:ed)? (?:999|911|112)",
        r"jump(?:ed|ing)? (?:off|from|in front of) (?:a |the )?(?:bridge|building|roof|train|cliff)|(?:say|saying|"
        r"said) (?:goodbye|good bye) (?:to everyone|forever)|final note",
    ),
    catches=(
        "I want to die.",
        "My suicidal thoughts came back.",
        "He took an overdose.",
        "s u i c i d e",
        "I took too many pills",
        "She won't wake up",
        "k1ll myself",
        "I don't want to live any more",
    ),
    leaves=(
        "It helped me.",
        "My dose was raised over weeks.",
        "I could have died laughing.",
        "I took all day to sleep.",
    ),
)
