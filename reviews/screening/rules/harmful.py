"""Urging others to start, stop or change a treatment."""

from django.utils.translation import gettext_lazy as _

from reviews.screening.rule import Rule, phrases

MEDICINE = (
    r"(?:this|it|your|these|all|any|the|that|taking|ur) ?(?:\w{1,12} ){0,2}?(?:meds?|medications?|medicines?|drugs?|"
    r"pills?|tablets?|antidepressants?|insulin|stuff|poison|treatment|therapy|crap|garbage|prescription)"
)

RULE = Rule(
    name="harmful",
    weight=0,
    label=_("Urges others"),
    explanation=_("Urges others to start, stop or change a treatment, or to mix it with something."),
    advice=_(
        "This urges others to start, stop or change a treatment. Say what you did and how it went, and leave it to "
        "others and their doctors."
    ),
    find=phrases(
        rf"(?:stop|quit|avoid|ditch|bin|dump|throw away|flush|come off|get off|refuse|don't (?:ever )?(?:take|use|"
        rf"start|touch)|do not (?:ever )?(?:take|use|start|touch)|never (?:take|use|touch|start)|stay away from) "
        rf"(?:taking |using )?{MEDICINE}",
        r"(?:stop|quit) taking (?:it|them|this|your|these|yours)|throw (?:it|them|your \w{1,12}) (?:away|out|in the "
        r"bin)",
        r"(?:you|u|everyone|everybody|people|we all|anyone) (?:really |all )?(?:should|must|need to|have to|has to|"
        r"ought to|shouldn't|should not|mustn't) "
        r"(?:\w{1,9} )?(?:stop|quit|start|try|take|ask for|demand|switch|change|avoid|come off|double|mix|get on|get "
        r"off|use|refuse|drop)",
        r"(?:don't|do not|never) (?:listen to|trust|believe|tell|ask) (?:your |the |any )?(?:doctors?|gp|"
        r"psychiatrists?|pharmacists?|nurses?)",
        r"(?:doctors|they|big pharma) (?:are lying|lie|lies|want you (?:sick|ill)|poison)|you don't need (?:a|your|"
        r"any) (?:doctors?|gp|psychiatrists?|meds?|medications?|antidepressants?)",
        r"(?:mix|combine|take) (?:it|this|them|ketamine) with (?:\w{1,9} )?(?:alcohol|vodka|beer|wine|weed|xanax|"
        r"benzos?|coke|mdma|opioids?|opiates)",
        r"(?:just )?(?:go|went) cold turkey (?:and|like|it's|-)|(?:run|stay) (?:far )?away from (?:this|it|these)",
        not_after="i he she they we to my me would could can't couldn't made had did didn't who will",
    ),
    catches=(
        "Stop taking your antidepressants!",
        "Do NOT take this drug.",
        "Everybody should try it.",
        "Don't listen to your doctor.",
    ),
    leaves=(
        "I had to stop taking it.",
        "They made me stop taking this medicine.",
        "My doctor told me to avoid the drug.",
        "I would never take this drug again.",
    ),
)
