"""Goods that are sent: discreet packaging, worldwide shipping."""

from django.utils.translation import gettext_lazy as _

from reviews.screening.rule import Rule, phrases

RULE = Rule(
    name="shipping",
    weight=3,
    label=_("Shipping of goods"),
    explanation=_("Speaks of how goods are sent: worldwide shipping, discreet packaging, a tracking number."),
    find=phrases(
        r"(?:discre[et]{2}|descreet|discrete(?:ly)?|discreetly|stealth|stealthy|plain|anonymous|vacuum ?sealed|"
        r"unmarked|hidden) (?:\w{1,10} )?"
        r"(?:shipping|ship(?:ped|ment|s)?|delivery|deliver(?:ed|s)?|packag\w{1,4}|pack(?:s|ed)?|envelopes?|bags?|"
        r"box(?:es)?|parcels?|post(?:age)?)",
        r"(?:ship(?:s|ping|ped|ments?)?|deliver(?:s|y|ing|ies)?|sen[dt]s?|post(?:s|ed)?|dispatch(?:ed)?) (?:\w{1,14} "
        r"){0,3}(?:discreetly|in stealth|world ?wide|"
        r"nation ?wide|anywhere|over ?seas|internationally|all over|to all|EU wide|eu ?wide|country ?wide|across "
        r"(?:the )?(?:us|uk|eu|europe|usa|country|globe|world)|"
        r"to your (?:door|house|home|address|doorstep)|without asking|same day|next day|daily|from (?:us|uk|nl|eu|"
        r"germany|holland|india|china|the))",
        r"(?:world ?wide|over ?night|express|international|fast|quick|same ?-?day|next ?-?day|secure|safe|free|"
        r"prompt|speedy|swift|special|insured|guaranteed|nation ?wide|"
        r"door ?step|reliable) (?:and \w{1,10} )?(?:\w{1,10} )?(?:shipping|shipment|delivery|deliveries|dispatch|"
        r"postage|drops?|drop ?offs?)",
        r"(?:at|to) (?:your|ur) (?:door|doorstep|home|house)|door ?step|(?:uk|eu|us|world|nation|europe|country)"
        r"[- ]?wide|(?:arrived|came|landed|delivered|here|shows up|turned up) (?:with)?in (?:a |an )?(?:\w{1,5} "
        r")?(?:days?|week|hours?)",
        r"can (?:drop|deliver|post|ship|send)(?=[.,!]| to| any| it| you| in| world)|lands in|serving (?:all|the "
        r"whole|customers)",
        r"tracking (?:number|code|provided|included|id)s?|with tracking",
        r"(?:came|arrived|comes|arrives|turned up|landed) (?:\w{1,10} ){0,4}in (?:a )?(?:discreet|plain|stealth|"
        r"unmarked|vacuum|brown|sealed)",
        r"ship(?:s|ped|ping) from|customs (?:clearance|safe|free)|re ?ship|delivered (?:right )?(?:to|at) your",
        r"delivery (?:guaranteed|available|anywhere|world ?wide|within|to your|straight|in all)",
        r"(?:deliver|shipp?|dropp|post|sen|mail)(?:ed|t|s|ds|ing)? (?:\w{1,9} )?(?:to (?:your|any\w{0,7}|all|"
        r"every\w{0,4}|you)|anywhere|"
        r"any country|straight to|direct(?:ly)? to|any ?where|over ?night|tonight|to the door)",
        r"(?:package|parcel|order|pack|product|delivery|mail) (?:came|arrived|landed|received) (?:\w{1,9} )?(?:fast|"
        r"quick(?:ly)?|on time|in \w{1,6} days?|next day|safely|discreetly|well packed|over ?night)",
        r"(?:fast|quick|safe|reliable|secure)(?: and|,|&)? (?:\w{1,9} )(?:delivery|shipping|drops?|service)",
        not_by_patients=True,
    ),
    catches=("Discreet packaging", "disc reet shipp1ng", "We send worldwide", "Overnight delivery with tracking"),
    leaves=("The delivery of my baby was hard.", "The pharmacy sent it in a cool box.", "My parcel came late."),
)
