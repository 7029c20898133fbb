"""The messages of screening_data, with every {choice|between|words} made, and texts that mean harm.

In a line that begins with @ a file gives a name to a choice; <name> stands for it.
"""

import random
import re
from pathlib import Path

_CHOICE = re.compile(r"\{([^{}]*)\}")
_NAMED = re.compile(r"<(\w+)>")
_FOLDER = Path(__file__).parent / "screening_data"


def messages(name, *, of_each=5, seed=1):
    """Return some messages for each line of a file, always the same ones."""
    chance, named, made = random.Random(seed), {}, []
    for line in (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            choice, _space, words = line[1:].partition(" ")
            named[choice] = words.split("|")
        elif line and not line.startswith("#"):
            made += [_chosen(line.replace("\\n", "\n"), named, chance) for _count in range(of_each)]
    return made


def _chosen(text, named, chance):
    text = _NAMED.sub(lambda match: chance.choice(named.get(match[1], [match[0]])), text)
    while _CHOICE.search(text):
        text = _CHOICE.sub(lambda match: chance.choice(match[1].split("|")), text)
    return text


HOSTILE = [
    "a", "a ", "ab ", "1", "1 ", "1.", "1,", "0 o ", "(", "(1", "+1(", "k.", "ke ", "tele ", "t e l ", "a@",
    "@", "@a ", "a@b.", "a.b", "a.", "a-", "a_", "-", "_", "$", "!", "’", '\n', " ", '\t\n', "i", "ii ",
    "xxxxxxxx ", "telegra ", "ketaminx ", "buyketamine", "buyketamin3x ", "aaa1a ", "́", "á", '\u200b',
    'a\u200b', "ﷺ", "𝓴", "𝓴 ", "🔟", "1️⃣", "🅰", "ﬃ", "İ", "ß", "مرحبا ", "я", "日本", '\U000e0041', '\u202ea',
    "take ", "take aa bb cc ", "take 1 mg ", "up to 1", "you should ", "i take 1 mg and ", "buy a b c ",
    "buy ketamine ", "we can do ", "we also can do will ", "ketamine a b c ", "our a online ", "best best a ",
    "trusted a b c ", "contact me on ", "contact us us ", "text text ", "message on on ", "dm me me ", "www.",
    "http://", "a at b ", "a(at)", "a at b dot ", "a.com ", "a.com.", "com.", "t.me/", "telegram ",
    "telegram: ", "signal a", "one two ", "one, ", "double 1 ", "1-1-", "12/12/", "$1 ", "1g $1 ", "1 for 2 ",
    "10% ", "earn $1,", "lose 1 kg in ", "A ", "Aa ", "Dr Aa ", "Dr ", "Aa of and ", "St. Aa ", "Aa Aa Clini ",
    "fast and a ", "discreet a ", "send a b c ", "without a ", "no doctor's ", "cured my a b c ", "end my ",
    "want to be to ", "i'm we're ", "click click on ", "the the ", "is are now ", "search a b c ", "real a b ",
    "hire a b ", "she he they ", "don't ", "stop a b c ", "a, ", "a - ", "a/",
]  # fmt: skip
"""Pieces of which a text of the greatest length is made to cost as much as it can."""
