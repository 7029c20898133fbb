"""An offer in plain words: nobody who reviews a medicine writes it."""

from django.utils.translation import gettext_lazy as _

from reviews.screening.goods import ADJECTIVES, DRUGS, GOODS
from reviews.screening.rule import Rule, phrases

RULE = Rule(
    name="offer",
    weight=6,
    label=_("Offers goods for sale"),
    explanation=_("Somebody offers a medicine or other goods, or asks others to buy or order."),
    advice=_("This reads like an offer. Nothing is sold here, so take it out if you want your review to be published."),
    find=phrases(
        rf"(?:<goods>) {ADJECTIVES}(?:for|4|on) sale",
        rf"(?:for|4) sale(?: now)?:? {ADJECTIVES}(?:<goods>)",
        r"(?:we|i|i'm|we're) (?:also |can |do |will |now |only |currently |are ){0,2}"
        r"(?:sell|selling|supply|supplying|export|produce and export) (?:\w{1,14} ){0,4}(?:<goods>|to you|world ?wide)",
        rf"(?:we|i) (?:also |only ){{0,2}}(?:stock|carry) {ADJECTIVES}(?:<drugs>|k)",
        r"(?:we|i) (?:also |can |do |will |now |currently ){0,2}ship(?:ping)?",
        r"(?:we|i) (?:also |can |do |will |now ){0,2}deliver (?:\w{1,12} ){0,2}(?:nation ?wide|world ?wide|"
        r"over ?night|discreetly|"
        r"to your|anywhere|within|in all|across|same day|next day|24|any)",
        rf"(?:buy|order|purchase|buying|ordering) {ADJECTIVES}(?:<drugs>) (?:\w{{1,14}} ){{0,3}}(?:online|here|from "
        rf"us|from me|"
        r"without|with no|safely|discreetly|over ?night|legally|now|today|cheap)",
        rf"(?:where|how) (?:to|can i|can you|do i) (?:safely )?(?:buy|order|get|purchase|find|score)"
        rf" {ADJECTIVES}(?:<drugs>) (?:\w{{1,14}} ){{0,2}}"
        r"(?:online|near me|without|safely|legally|cheap|over ?night)",
        r"(?:place|make|send|drop) (?:an|your|ur|the) orders? (?:now|today|here|for|at|via|with|on|through|by|to)",
        r"(?:order|buy|shop|purchase|get yours|reserve yours|book) (?:now|today|here|yours|direct(?:ly)?) "
        r"(?:and (?:get|save)|at|via|from|through|on|for|with|by|in|while|before|:)",
        r"(?:get|order|grab|buy|claim) (?:yours|your (?:free )?(?:meds|pills|sample|order|pack|supply|stash|ket|"
        r"bottle|trial|discount))",
        r"(?:dm|pm|inbox|message|text|msg|txt|contact|whatsapp|hit (?:me|us)(?: up)?|hmu|write|ask|call|ring)(?: me| "
        r"us| now)? "
        rf"for (?:{ADJECTIVES})(?:menu|price ?lists?|prices?|pricing|orders?|catalog(?:ue)?|bulk|quotes?|delivery|"
        rf"purchase|<drugs>|k|supplies|plug)",
        r"\d{1,3} ?% (?:off|discount) (?:on |all |your |our |of |every |first |next ){1,3}\w{1,14}",
        r"(?:buyers?|resellers?|wholesalers?|customers) (?:only|welcome)",
        r"(?:min|minimum)(?:imum)? (?:order|purchase|quantity)",
        r"(?:no|without) (?:time ?wasters?|questions? asked|scams?|scammers|up ?front payments?)",
        r"(?:shop|buy|order) (?:safe(?:ly)?|secure(?:ly)?|with confidence|with us)",
        rf"(?:get|buy|order|grab|score|cop|purchase|pick up) {ADJECTIVES}(?:<goods>) (?:\w{{1,12}} ){{0,2}}(?:from "
        rf"(?:us|our)|delivered to your|"
        r"shipped|straight from|directly from|direct from)",
        r"(?:order|buy|purchase) (?:on|via|at|through|from|in) our",
        r"(?:order|buy|get|purchase) (?:\w{1,14} ){1,5}from (?:us|our (?:\w{1,10} )?(?:shop|store|web ?site|site|lab|"
        r"pharmacy))",
        r"(?:order|buy|shop|get) (?:it |them |yours |the same (?:thing )?)?(?:online )?(?:from (?:us|me|our)|with us|"
        r"in our (?:shop|store))",
        r"(?:hook (?:you|u|ya) up|sort (?:you|u|ya) out) with",
        r"(?:bulk|wholesale) (?:and retail )?(?:orders?|buyers?|quantit(?:y|ies)|prices?|deals?|supply|suppliers?|"
        r"available|<goods>)",
        r"(?:have|got) (?:some |a few |\w{1,9} )?(?:extra|spare|leftover|left over|surplus) (?:\w{1,12} ){1,3}(?:to|"
        r"for) (?:sell|sale)|looking to (?:sell|offload|shift|get rid of)|"
        r"(?:i|we) sell my|(?:i'm|am|we're|we are|are) selling|buy (?:\w{1,9} )?\d{1,3} (?:\w{1,9} )?get (?:\w{1,9} "
        r")?\d{1,3}|"
        r"(?:i|we) (?:do|have|got) \d{1,4} ?(?:g|gs|grams?|vials?|bars|pills) (?:for|at)|wholesale only",
        r"(?:left ?over|spare|unopened|unused|sealed|surplus) (?:\w{1,12} ){0,6}(?:will|can|to) (?:post|send|ship|"
        r"sell|swap|trade)",
        r"(?:i|we)(?:'ve| have)? (?:got |get |can get )?(?:you )?(?:the )?(?:ketamine|ket|k|special k|pills|meds) "
        r"(?:without|for sale|in bulk|for cheap)",
        r"you can (?:also )?(?:buy|order|purchase) (?:this|these|our|all|any|it|them|directly|ketamine|high|your)"
        r" ?(?:\w{1,12} )?(?:products?|items?|stuff|from|at|on|here|online|quality|via)",
        r"(?:can|could|does|will) (?:any ?(?:one|body)|some ?(?:one|body)) (?:here )?(?:sell|supply|ship|send|get|"
        r"sort|hook) (?:me|us)|who (?:can|sells?|could) (?:sell|supply|get me|ket|k|ketamine)|looking for (?:a |my "
        r")?(?:new |regular |good |reliable )?(?:plug|vendor|dealer|supplier)",
        r"(?:i'll|i will|will|can|wanna|want to) (?:trade|swap|sell) (?:my|you) (?:\w{1,12} ){0,2}(?:<drugs>|meds|"
        r"pills|k)|sell (?:us )?your (?:\w{1,10} )?(?:meds|pills|prescription|<drugs>)",
        first=(
            r"(?:selling|we sell|sell) (?:my |some |the |unused |spare |off ){0,3}(?:<goods>)",
            r"get (?:high |top |premium |best |cheap |real |good |pure ){1,3}(?:quality )?(?:<goods>)(?! infusions?| "
            r"treatment| therapy)",
            r"(?:selling|buy|order|purchase|cop|score) (?:some |pure |real |cheap |quality |your |the best |liquid |"
            r"powdered ){0,2}(?:<drugs>|k)(?! with my| from my)",
            r"(?:<drugs>|k) (?:is |are |now )?(?:here|cheap|available|in stock|4 ?u|for you)(?! on prescription| in "
            r"(?:my|the|this|our) (?:hospital|country|clinic)| by| through| from (?:my|the))",
        ),
        goods=GOODS,
        drugs=DRUGS,
    ),
    catches=(
        "Pure ketamine crystals for sale",
        "We ship to all countries",
        "Buy k e t a m i n e online now",
        "DM me for prices",
        "Place your order today",
        "20% off your first order",
        "k3t4mine f0r s4le",
    ),
    leaves=(
        "I ordered my prescription at the pharmacy.",
        "My house was for sale while I was ill.",
        "I had to buy it online from my own pharmacy with a prescription.",
        "As a nurse I carry the spray to the room.",
        "In order to sleep now and then I take it.",
    ),
)
