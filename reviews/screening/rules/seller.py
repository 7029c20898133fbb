"""The voice of a shop: our products, trusted vendor."""

from django.utils.translation import gettext_lazy as _

from reviews.screening.goods import DRUGS
from reviews.screening.rule import Rule, phrases

RULE = Rule(
    name="seller",
    weight=3,
    label=_("The voice of a shop"),
    explanation=_("Speaks as a shop does, or praises one: our products, trusted vendor, in stock now."),
    advice=_("This reads as if it spoke for a shop. Write what the medicine did, and leave out where it came from."),
    find=phrases(
        r"our (?:\w{1,12} )?(?:online )?(?:store|shop|products?|prices?|web ?sites?|web ?shop|site|customers?|menu|"
        r"price ?list|"
        r"catalog(?:ue)?|channel|inventory|packag(?:es|ing)|shipping|delivery|suppliers?|vendors?|online pharmacy|"
        r"lab|sales team|agents?|"
        r"starter packs?|bundles?|stock|company|factory|services? (?:is|are|include)|deals?|offers?)",
        r"(?:trusted|reliable|verified|legit(?:imate)?|real|top|genuine|honest|licensed|registered|recommended|"
        r"no ?\.? ?1|solid|proper) "
        r"(?:\w{1,14} ){0,3}(?:vendors?|sellers?|suppliers?|dealers?|plugs?|source|shop|store|on ?line pharmac(?:y|"
        r"ies)|web ?sites?|"
        r"site|connect|distributors?|manufacturers?)",
        r"(?:my|the|your|a|this|best|good) (?:local |online )?(?:plug|vendor|connect|supplier) (?:\w{1,12} "
        r"){0,2}(?:deliver|ship|has|have|sell|always|never|got|is|will|"
        r"in|for|on|at)\w{0,3}",
        r"(?:vendors?|suppliers?|distributors?|wholesalers?|exporters?|manufacturers?|resellers?) (?:here|of|from|"
        r"for|in)",
        r"(?:<sold>) (?:\w{1,12} ){0,2}(?:available|in stock) (?:now|here|online|24|today|for|in|at|via|on|to)",
        r"(?:<sold>)(?:,| &| and)? (?:all |is |are |now )?(?:available|in stock)(?=[.!:;]|$)",
        r"(?:got|have|i've got|we have|i have|there's) (?:\w{1,12} ){0,3}(?:in stock|in bulk|up for grabs|ready to "
        r"(?:go|ship))",
        r"(?:fresh|new) (?:batch|stock|drop|supply)|restocked|back in stock now|in stock now",
        r"(?:100 ?%|fully|totally|completely)? ?legit(?:imate)? (?:vendor|seller|site|plug|shop|store|guy|source|and|"
        r"supplier|dealer)",
        r"(?:100 ?%|always) legit",
        r"(?:best|cheapest|right|only) (?:place|site|web ?site|shop|store|source|spot) (?:to|for) (?:buy|order|get|"
        r"buying|ordering|purchase|cop|"
        r"score|shop|all|your|ket)\w{0,3}",
        r"(?:open|available) 24 ?/? ?7",
        r"(?:on ?line|internet) (?:store|shop|pharmac(?:y|ies)|drug ?store|vendor|seller) (?:that|which|where|who|"
        r"has|offers?|with|,)",
        r"real (?:web ?site|seller|vendor|dealer)",
        r"(?:he|they|this guy|this one|she) (?:sells?|ships?|delivers?|is selling|are selling|is legit|are legit|"
        r"never fails?)",
        r"(?:my|this) (?:guy|friend|mate|man|boy|cousin) (?:\w{1,9} )?(?:sells?|ships?|delivers?|has the (?:best|"
        r"purest))",
        r"(?:any ?(?:one|body)|some ?(?:one|body)|who|u|you)(?: else)? (?:\w{1,6} )?(?:needs?|wants?|after|looking "
        r"for|in need of) (?:some |any |a bit of |more )?(?:<sold>)(?! for my| infusions?| therapy| treatments?)",
        r"(?:free|some) (?:samples?|testers?)|(?:we|i)(?:'m| are| am| is)? (?:also |now )?(?:a |an )?(?:\w{1,10} "
        r")?(?:vendor|supplier|seller|dealer|distributor|exporter|wholesaler)s?",
        r"(?:we|i) (?:can |also |now |only )?(?:offer|supply|source|get you|provide|produce) (?:\w{1,9} "
        r"){0,4}(?:<sold>|generics?|the same (?:medicine|thing|product|drug)|any (?:amount|quantity)|as much|in bulk|"
        r"at (?:\d|half|low|whole))",
        r"(?:online|telegram|web|deep ?web|dark ?net) (?:shop|store|market)(?: with| for| has|:)?|(?:shop|store|hub|"
        r"market) (?:sells|ships|delivers|has|offers)",
        r"(?:order|buy|cop|purchase) (?:via|through|on) (?:telegram|signal|whatsapp|wickr|our|the site|my)|(?:sells|"
        r"ships) (?:it |them )?(?:direct|straight|to)",
        r"(?:product|stuff|gear|quality|shit) is (?:fire|top|legit|pure|real|the best|on point|a1|10)|(?:he|she|they)"
        r"(?:'s| is|'re| are) always (?:quick|on time|stocked|there|ready)",
        r"(?:sells?|issues?|writes?|provides?) (?:\w{1,12} ){0,2}(?:prescriptions|scripts) (?:online|without)|"
        r"without consultation",
        r"(?:my|our) (?:supplier|source|contact|connect|plug|guy) (?:can |will |always |only )?(?:ships?|delivers?|"
        r"sells?|sends?|posts?|has|have)|(?:weekly|daily|tonight's) (?:drops|deals|menu)",
        r"(?:my|our|the best|a good) (?:dealer|plug|guy|man) (?:has|have|got|sells|delivers|always|does|can|gets|in "
        r"town)|horse (?:tranq|plug|ket|k)|serious buyers?",
        r"(?:large|small|big|bulk|wholesale)(?: (?:and|or) (?:large|small|big|bulk|retail))? orders|(?:proof|video|"
        r"pics?|photos?) (?:\w{1,8} ){0,2}available|referral (?:link|code)|(?:vendors?|dealers?) lists?",
        r"x ?\d{1,4} (?:vials?|tabs?|pills?|boxes|packs)|(?:vials?|boxes|packs|kits?) (?:\w{1,8} )?(?:available|for "
        r"sale|left|sealed|unopened)|(?:we|i)(?:'ve| have)? got (?:kits?|stock|plenty|bulk|loads|everything)",
        r"meet ?ups?(?: in)? \w{3,}|private (?:seller|sale)|limited (?:amount|stock|quantity|supply)|first come,? "
        r"first served?|(?:open to|any) offers|min(?:imum)? spend|our (?:platform|menu|service)|no time ?wasters|"
        r"(?:exports?|supplies|manufactures?) (?:\w{1,12} ){0,3}(?:<sold>|raw powder|hydrochloride)|raw powder|"
        r"looking for (?:customers|buyers|clients|resellers|distributors)",
        r"(?:lots|plenty|loads|tons|bags|ounces) of (?:<sold>|ket)|stocked up|usual (?:prices?|spot|place)|(?:u|you|"
        r"any ?(?:one|body|1)|ya) (?:want|need)s? (?:that|some|any|the|sum) (?:<sold>)|"
        r"(?:years?|yrs?) (?:of )?experience (?:as|in) (?:a )?(?:vendor|selling|shipping)|(?:vendor|seller|supplier) "
        r"w(?:ith)?|pay after|pick ?up at the (?:drop|spot)|excellent source|vet(?:erinary)? suppl(?:y|ies)|moq",
        r"(?:my|this|that|our|their) (?:own )?(?:seller|vendor|dealer|supplier|shop|store|site|web ?site) (?:has|"
        r"have|does|do|sells?|ships?|delivers?|offers?|is|got|posts?)|(?:this|our|the|that) (?:online )?pharmacy "
        r"(?:sells?|ships?|delivers?)",
        r"(?:try|want) the real (?:thing|stuff|deal)|the good (?:k|ket|stuff|shit|gear)|serving (?:customers|clients)"
        r"|(?:any|all) quantit(?:y|ies)|testers? (?:available|packs?|bags?)|sample "
        r"(?:packs?|bags?|available)|samples available",
        r"(?:starter|trial|sample) packs?|(?:money ?back|reship|delivery|satisfaction|customs|discretion|privacy|"
        r"quality) guaranteed?|guaranteed (?:delivery|reship|quality)",
        r"(?:re ?ship|refund)s? (?:guaranteed|policy|if|in case)|customs clearance|door to door",
        r"(?:meet ?ups?|drop ?offs?|drops?) (?:or (?:post|delivery|collect\w{0,3})|available|anywhere)",
        sold=DRUGS + r"|pills|meds|vials|powder|crystals?|k|troches|lozenges|nasal sprays?",
        not_by_patients=True,
    ),
    catches=(
        "Check our online store",
        "Trusted vendor from NL",
        "Ket available now",
        "Find a real seller",
        "100% legit",
    ),
    leaves=(
        "Our clinic uses it every day.",
        "The generic was in stock at my pharmacy.",
        "It is available on prescription in my country.",
        "The best place to rest is your own bed.",
    ),
)
