"""How text is compared: without case, accents and punctuation."""

import re
import unicodedata

WORD = re.compile(r"[^\W_]+")

# Letters that Unicode does not take for another letter with a mark on it.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ŧ": "t"})


def fold(text):
    """Return the words of text in small letters without accents, with single spaces between them."""
    plain = text.casefold()
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain.translate(_PLAIN))
        plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(WORD.findall(plain))
