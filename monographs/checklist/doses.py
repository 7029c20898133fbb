"""Doses that lack their unit, such as “take 20 daily”.

Only what can hardly be anything else counts: a word that announces a dose, a number, and then the end of the clause
or a word of how often or how it is given. “Take 2 tablets”, “given 3 times” and “dose 2” pass.
"""

import re

NUMBER = r"\d{1,9}(?:[.,]\d{1,9})*"
NEARLY = r"(?:(?:about|around|approximately|up to|at least|at most|no more than|only|another|a further) ){0,2}"
GIVING = (
    r"(?:take|takes|taking|taken|give|gives|giving|given|gave|inject|injected|infuse|infused|swallow"
    r"|administer|administered)"
)
AMOUNT = r"(?:dose|doses|dosage|daily amount)(?: (?:of|is|are|was|were|to|by)|:)"
FURTHER = (
    r"(?:once|twice|daily|nightly|weekly|every|each|per(?! ?cent)|a day|a week|an hour|by|orally|intravenously"
    r"|intramuscularly|subcutaneously|nasally|in the (?:morning|evening)|at (?:night|bedtime|once)"
    r"|before|after|with|then|and then)"
)
DOSE = re.compile(
    rf"\b(?:{GIVING}|{AMOUNT}) {NEARLY}(?P<number>{NUMBER}(?: ?(?:-|–|to|or) ?{NUMBER})?)"
    rf"(?=[.;!?)](?!\d)|,(?= [a-z])|$| {FURTHER}\b)",
    re.IGNORECASE,
)


def doses_without_unit(words):
    """Return (number, phrase) of each dose without a unit in a sentence given as words."""
    text = " ".join(words)
    return [(match["number"], match[0]) for match in DOSE.finditer(text)]
