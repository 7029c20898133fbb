"""Messengers and networks on which people can be reached."""

from django.utils.translation import gettext_lazy as _

from reviews.screening.rule import Rule, phrases

RULE = Rule(
    name="messenger",
    weight=2,
    label=_("Messenger"),
    explanation=_("Names a messenger or a network on which people can be reached."),
    advice=_("This names a messenger. If it tells how somebody can be reached, take it out."),
    find=phrases(
        r"telegram|t ?\.? ?me/|whats? ?app|watsapp|watsap|whatsap|wickr|threema|snap ?chat|we ?chat|viber|kik(?: "
        r"me)?|discord|jabber|xmpp|insta(?:gram)?|tiktok|icq",
        r"(?:on|via|my|use|add|our|in|by|over|through) (?:signal|session|kik|tg|ig|snap|tele|insta|fb|facebook|skype|"
        r"twitter|reddit|line|wa|google)(?: me)?",
        r"(?:signal|kik|tg|ig|snap|tele|skype|wa|fb|insta|twitter) ?[:@=]",
    ),
    catches=(
        "Find me on Telegram",
        "tele gram",
        "t.e.l.e.g.r.a.m",
        "wh@tsapp",
        "telegrm",
        "signal: +44",
        "𝕋𝕖𝕝𝕖𝕘𝕣𝕒𝕞",
        "Теlеgrаm",
    ),
    leaves=("The signal in my nerves became quiet.", "Each session took an hour.", "I was on my own line."),
)
