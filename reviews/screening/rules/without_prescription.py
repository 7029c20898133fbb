"""Getting a medicine without the prescription that it needs."""

from django.utils.translation import gettext_lazy as _

from reviews.screening.rule import Rule, phrases

RULE = Rule(
    name="without_prescription",
    weight=3,
    label=_("Without a prescription"),
    explanation=_("Speaks of getting a medicine without a prescription."),
    advice=_("This may tell others how to get the medicine without a prescription. Leave it out."),
    find=phrases(
        r"(?:no|without(?: a| any| the)?|with no|w/o|without asking for (?:a )?|not needing a|don't need a|you don't "
        r"need (?:a|any)) "
        r"(?:doctor'?s? )?(?:prescriptions?|rx|scripts?|doctor's note)(?: or (?:prescriptions?|scripts?))? ?"
        r"(?:needed|required|necessary|asked|or|and|,|to|from|here|at|online|over|world|delivery|ship\w*|from)?",
        r"prescriptions? (?:is |are )?(?:not|never) (?:needed|required|necessary|asked)|prescription[ -]free|"
        r"non ?-?prescription online",
        r"(?:don't|never) let (?:your|a|the) doctor \w{2,5}|(?:skip|avoid|forget|ditch|don't bother with|never mind) "
        r"(?:the |your )?(?:doctors?|"
        r"clinics?|gp|prescriptions?|waiting lists?|insurance)",
        r"(?:no|without) (?:id|doctor|gp|insurance|background) (?:checks?|visits?|needed|required|appointment|"
        r"approval|note|referral)|no (?:hassle|waiting list|questions)|without (?:any |the )?hassle",
        not_after="not it's can't cannot",
    ),
    catches=("No prescription needed", "n0 rx required", "without any prescription", "Skip the doctor"),
    leaves=("My doctor wrote a prescription.", "The prescription ran out."),
)
