"""Asking readers to get in touch, to click or to visit."""

import re

from django.utils.translation import gettext_lazy as _

from reviews.screening.goods import GUARDED
from reviews.screening.rule import Rule, pattern, word_before

MESSENGERS = (
    r"telegram|whats ?app|watsapp|wickr(?: ?me)?|signal|threema|session|snap(?:chat)?|insta(?:gram)?|ig|tg|kik|viber|"
    r"skype|we ?chat|discord|facebook|fb|tele|wa"
)
WITHIN = (
    r"(?: me| us| him| her| them| now| today| asap| here| direct(?:ly)?| up| privately|"
    r" our (?:agent|sales team|team|shop|number)){1,2}"
)

_ASKING = pattern(
    rf"(?:contact|text|call|message|msg|txt|dm|pm|whatsapp|e?-?mail|inbox|write|add|ping|reach|find|chat|hmu|"
    rf"search|talk)(?: to| out to)?{WITHIN} ?"
    rf"(?:on|at|via|through|by|now|today|for|here|directly|asap|with|if|privately|any ?time|4|w|:|@|=|-|>|"
    rf"\+? ?\(?\d{{3,}}|using|or|first|<messengers>)",
    r"(?:contact|text|call|message|msg|txt|dm|add|hit|write|find|ask|hmu|reach|follow|join|visit|try)(?: me| us| him|"
    r" her| out)?(?: to| on| at| up| via)? ?@ ?[a-z]\w{2,30}",
    r"(?:dm|inbox|hmu|holla|shout|pm (?=me|us|for (?:price|menu|info|order|detail|more|k))|hit (?:me|us|him|my|our|"
    r"the)(?: up| line)?|holla|msg) ?(?:me|us|him|now|asap|for|4|on|if|@|today|up|line|privately|open)",
    r"(?:reach|contact|find|message|add|text|hit|dm|talk to) (?:out to )?(?:us|me|him|her|them|dr \w{1,12}|mr\w? "
    r"\w{1,12}|the (?:vendor|seller|plug|shop)|this (?:guy|man|vendor|doctor|email|number)|our (?:team|agent|sales "
    r"team)) (?:on|at|via|through|by)",
    r"(?:click|tap)(?: on)? (?:here|below|now|this|the (?:link|button)|my (?:name|profile|bio)|link)",
    r"(?:link|links|website|site|shop|menu|number|contact|handle|details) (?:is |are )?(?:in|on) (?:my |the |our "
    r")?(?:bio|profile|page|description|channel)",
    r"(?:visit|check ?out|see|go to|browse|try|shop(?: at)?|order (?:at|via|from)) (?:\w{1,10} )?(?:our|my|this|the "
    r"following|www|http\w?) ?(?:\w{1,12} )?(?:web ?sites?|site|store|shop|page|links?|catalog(?:ue)?|channel|"
    r"profile|bio|menu|\.)",
    r"(?:join|subscribe to|follow) (?:our|my|the|this|us|now|here) ?(?:\w{1,12} )?(?:channel|group|telegram|page|"
    r"chat|list|platform|team)|join (?:us|now|here|today)",
    r"(?:search|look up|google|type|look for|find|add|join|ask for|check)(?: for| up)? (?:[\w@\"'.]{2,24} "
    r"){1,3}(?:on|in|and (?:you|order)) (?:<messengers>|google|ig|you|order|the dark ?(?:net|web))",
    r"(?:on|via|through|my|by) (?:<messengers>)(?: (?:is|id|me|handle|number|username|@)"
    r")?[ :=@-]{0,3}(?=[\w@]{3,30}[\d_])",
    r"(?:call|text|dm|inbox|message|whatsapp|contact|reply|comment|order|enquire|inquire) (?:us |me )?(?:now|today|"
    r"asap|here|below|24 ?/ ?7|any ?time)(?! and then)",
    r"(?:i|we) will (?:dm|inbox|message|text|pm) you|for contact|(?:enquir|inquir)(?:y|ies) ?:|(?:message|contact|"
    r"write|email) (?:about|for) (?:the )?prices?|hit at|will be (?:glad|happy) to (?:supply|serve|ship)",
    r"(?:visit|click|see|check|view) (?:on )?(?:my|our) (?:profile|bio|page|link|story|channel)",
    r"(?:contact|ask for|message|email|call|text|see|find|look for) (?:dr|mr|mrs|prophet|doctor|priest|chief) "
    r"\w{2,14}(?: \w{2,14})? (?:for|how|on|at|via|to|about|now|today|:|@)",
    r"(?:contactez|ecrivez|contacta|escribe|schreib|kontakt|melde)(?:-nous|nous|nos|me|mir| mich| uns)?(?: sur| por| "
    r"en| auf| uber| bei)?",
    r"(?:he|they|she|i|we) (?:can|will|could) (?:help|hook|sort) (?:you|u) (?:too|up|out)|you can thank me later|"
    r"tell (?:him|them|her) i sent you|(?:say|tell them) \w{1,10} sent you",
    r"(?:you can|u can|kindly|please|feel free to|pls|plz|do|just) (?:also )?(?:contact|reach|text|message|dm|inbox|"
    r"whatsapp|email|write|order|call) (?:us|me|him|them|via|through|on|at|to|our)",
    r"(?:apply|book|call|play|join|enrol|sign up|register|invest|hire|start earning|click) (?:now|today|here)(?: :| "
    r"at| for| and| on| with| -|[:!.]| \+?\(?\d|,)",
    r"(?:hire|contact|consult) (?:a|the|an) (?:\w{1,14} ){0,2}(?:hacker|spell ?caster|herbalist|recovery expert|"
    r"investor|broker|healer)",
    r"(?:contact|message|text|inbox|dm|pm|email|msg|whatsapp|snap|hit) (?:me|us)(?=[.!?,]|$)|(?:message|text|contact|"
    r"dm|inbox|email|msg|call|ring) (?:me|us) (?:for|if you (?:want|need|know))",
    r"send (?:me|us) (?:a |an )?(?:message|dm|text|e?-?mail|pm)|(?:reply|comment|answer) with your|drop (?:me "
    r")?(?:your|a) (?:number|e?-?mail|contact|message|line)|(?:i|we)(?:'ll| will) (?:send|text|dm|message|email|"
    r"whatsapp) you",
    r"ask for \w{2,14} (?:at|on)|tap in|hit my (?:line|phone|dms?|inbox|telly|snap|insta|wickr|signal)|(?:text|call|"
    r"ask|message|hit|ring) (?:the|my|your|our) "
    r"(?:\w{1,9} )?(?:plug|dealer|guy|man|connect|vendor|seller)",
    r"(?:look|search)(?: up| for)? \w{4,24} on \w{4,24} (?:market|telegram)|search \w{4,24} on \w{4,24}(?=[.!,]|$)|"
    r"(?:inbox|dm)(?=[.!]|$)|(?:recovery expert|hacker|investor|healer) \w{1,8}",
    r"(?:this is|here is|here's|that's|use|take|get) (?:the|his|my|their|our|her) (?:number|contact|handle|wickr|"
    r"telegram|link|e?-?mail|snap)|(?:link|number|contact|details) (?:below|above|here)(?=[.!,]|$)|ask for the "
    r"(?:horse|k|ket|white|menu|special|plug|boss)",
    r"send (?:your )?(?:inquir|enquir)(?:y|ies)|(?:kindly|please) (?:send|contact|write|reach|message|text|email|add)"
    r"|fill (?:in |out )?the form on|add (?:us|me) on|contact (?:for|: ?)",
    r"(?:my )?(?:dm|pm|inbox)s? (?:is |are |r )?(?:always )?open|usual number|(?:reach out|message|text|dm|hmu|inbox|"
    r"contact|reply|comment) if (?:you're )?(?:interested|keen|you (?:want|need))|make (?:me )?an offer|(?:hit|use|"
    r"follow|tap|press|open) "
    r"(?:the|this|my|our) (?:\w{1,9} )?link|send (?:him|her|them|it) (?:a |an )?(?:message|dm|text|e?-?mail|pm)|"
    r"(?:lmk|shout|holla) if (?:u|you|ya|any\w{1,4}) (?:want|need)|say \w{2,10} sent you|(?:order|pay) "
    r"(?:via|through|with) (?:our|the|my) (?:bot|app|agent|channel)|text \w{2,10} to|ask me for|for (?:more "
    r")?(?:info|information|details|inquiries|enquiries|orders)(?: on| about)?(?=[.!,:]|$| \(?\+?\d)",
    messengers=MESSENGERS,
)
_NUMBERS_OF_HELP = re.compile(
    r"\b(?:999|911|112|111|988|116 ?123|samaritans|ambulance|emergency|doctor|gp|pharmacist|nurse|yellow card)\b"
)


def _is_help(words):
    return _NUMBERS_OF_HELP.search(words) and sum(map(str.isdigit, words)) < 8


def find(reading):
    """Find what asks readers to get in touch, but neither "they call me at home" nor "call 116 123"."""
    guarded = frozenset(GUARDED.split())
    for match in _ASKING.finditer(reading.plain):
        if word_before(reading.plain, match.start()) not in guarded and not _is_help(match[0]):
            yield match.span()


RULE = Rule(
    name="calling",
    weight=4,
    label=_("Asks to get in touch"),
    explanation=_("Asks readers to get in touch, to click or to visit a page."),
    advice=_(
        "This asks readers to get in touch or to go elsewhere. Take it out: a review is read here and answered by "
        "nobody."
    ),
    find=find,
    catches=(
        "Contact us on Telegram",
        "HMU for ket",
        "Click the link in my bio",
        "m3ssage me 0n wickr",
        "Add him on snap",
    ),
    leaves=(
        "They call me at home the day before.",
        "Call 116 123 if you feel like that.",
        "I had to call the surgery three times.",
        "Talk to your doctor first.",
        "Call it a cautious success.",
        "The nurse can contact me by phone.",
    ),
)
