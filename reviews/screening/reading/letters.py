"""First step: every character becomes the plain small letter, digit or mark that it looks like, or nothing.

The table of look-alikes is our own and small: what sellers' messages use. Full-width, mathematical, circled and
accented letters need no table, because Unicode itself says what they are made of (NFKD).
"""

import unicodedata
from functools import lru_cache
from typing import NamedTuple

MOST_PARTS = 4
"""A character that Unicode takes apart into more is a word of another script, and stays."""

_PAIRS = (
    # Cyrillic
    "аa вb сc ԁd еe ёe һh нh іi їi јj кk ӏl мm пn оo рp ԛq гr яr ѕs тt цu иu ѵv ԝw шw хx уy зz "
    # Greek
    "αa βb ϲc δd εe γy ηn ιi κk λl μu νv οo ρp ϱp σo ςs τt υu χx ωw ζz "
    # Latin letters that Unicode does not take apart
    "ɑa ɐa ƀb ɓb ƈc đd ɖd ɗd ðd ǝe əe ɛe ƒf ɡg ɠg ħh ɦh ıi ɩi ɨi ʝj ƙk łl ɫl ɭl ɱm ɲn ɳn ŋn øo ɔo ƥp ɋq ɍr ɾr ʂs ŧt "
    "ƭt ʉu ʋv "
    "ɯw ʏy ƴy ƶz ʐz "
    # Small capitals
    "ᴀa ʙb ᴄc ᴅd ᴇe ꜰf ɢg ʜh ɪi ᴊj ᴋk ʟl ᴍm ɴn ᴏo ᴘp ǫq ʀr ꜱs ᴛt ᴜu ᴠv ᴡw ᴢz "
    # Armenian, Cherokee and Lisu
    "օo սu ոn հh ցg Ꭺa Ᏼb Ꮯc Ꭰd Ꭼe Ꮐg Ꮋh Ꭵi Ꭻj Ꮶk Ꮮl Ꮇm Ꮲp Ꮪs Ꭲt Ꮩv Ꮃw Ꭹy Ꮓz "
    "ꓮa ꓐb ꓚc ꓓd ꓰe ꓝf ꓖg ꓧh ꓲi ꓙj ꓗk ꓡl ꓟm ꓠn ꓳo ꓑp ꓣr ꓢs ꓔt ꓴu ꓦv ꓪw ꓫx ꓬy ꓜz "
    # Marks
    "’' ‘' ʼ' `' ´' “\" ”\" «\" »\" ‐- ‑- ‒- –- —- −- ﹣- •. ·. ∙. ⋅. 。. ․. ⁄/ ∕/ ∂d ¢c"
)
LOOK_ALIKES = {pair[0]: pair[1] for pair in _PAIRS.split(" ")} | {
    # Capitals that look like another letter than their small form does.
    "Η": "h", "Μ": "m", "Ν": "n", "Ρ": "p", "Υ": "y", "Χ": "x", "Σ": "e", "И": "n",
    "æ": "ae", "œ": "oe", "ß": "ss", "🔟": "10", "💯": "100", "🆗": "ok",
}  # fmt: skip
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_BOXED = ((0x1F1E6, 0x1F1FF), (0x1F130, 0x1F149), (0x1F150, 0x1F169), (0x1F170, 0x1F189))


class Letters(NamedTuple):
    """Plain characters, the same with capitals, and where each stands in the original."""

    plain: str
    cased: str
    places: list[int]


def plain_letters(text):
    """Return the Letters of a text. Runs of white space keep their width, because it tells words apart."""
    plain, places = [], []
    for place, character in enumerate(text):
        for letter in plain_form(character):
            plain.append(letter)
            places.append(place)
    cased = (
        letter.upper() if letter.isascii() and text[place].isupper() else letter
        for letter, place in zip(plain, places, strict=True)
    )
    return Letters("".join(plain), "".join(cased), places)


@lru_cache(maxsize=20_000)
def plain_form(character):
    """Return what one character looks like: a few plain characters, or "" for one that nobody sees."""
    if character.isascii():
        return " " if character.isspace() else character.lower()
    known = LOOK_ALIKES.get(character) or LOOK_ALIKES.get(character.lower())
    if known:
        return known
    if character.isspace():
        return " "
    if character in _FILLERS or unicodedata.category(character) in ("Mn", "Me", "Cf", "Cc", "Cs"):
        return ""
    for first, last in _BOXED:
        if first <= ord(character) <= last:
            return chr(ord("a") + (ord(character) - first) % 26)
    if (digit := unicodedata.decimal(character, None)) is not None:
        return str(digit)
    parts = unicodedata.normalize("NFKD", character)
    if parts == character or len(parts) > MOST_PARTS:
        small = character.lower()
        return small if len(small) == 1 else character
    return "".join(plain_form(part) for part in parts)
