"""Ways in which sellers hide words from a program, for tests: each takes a text and a source of chance."""

import re

_LEET = {"a": "4@", "e": "3", "i": "1!", "o": "0", "s": "5$", "t": "7", "l": "1"}
_LIKE = {
    "a": "аɑα",
    "e": "еε",
    "o": "оο",
    "i": "іι",
    "c": "с",
    "p": "рρ",
    "x": "хχ",
    "y": "у",
    "k": "кκ",
    "h": "һ",
    "s": "ѕ",
    "t": "τт",
}
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f"
_MATHS = (0x1D400, 0x1D434, 0x1D468, 0x1D4D0, 0x1D56C, 0x1D5A0, 0x1D5D4, 0x1D608, 0x1D63C, 0x1D670)
_WORD = re.compile(r"[A-Za-z]{3,}")


def leet(text, chance):
    """Some letters as digits and signs, with at least one letter left in each word."""
    return _each_word(text, chance, 0.6, lambda word: word[0] + _swapped(word[1:], _LEET, chance, 0.6))


def look_alikes(text, chance):
    """Some letters from other alphabets."""
    return _swapped(text, _LIKE, chance, 0.5)


def unseen(text, chance):
    """Characters between the letters that nobody sees."""
    return "".join(c + (chance.choice(_UNSEEN) if chance.random() < 0.3 else "") for c in text)


def spaced_out(text, chance):
    """Some words with a space between their letters, and wider gaps around them."""
    return _each_word(text, chance, 0.4, lambda word: f" {' '.join(word)} ")


def spelt(text, chance):
    """Some words with a mark between their letters."""
    return _each_word(text, chance, 0.4, lambda word: chance.choice(".-_*").join(word))


def torn(text, chance):
    """Some long words torn in two."""
    return _each_word(text, chance, 0.5, lambda word: _with(word, " ", chance) if len(word) > 5 else word)


def marked(text, chance):
    """Some words with a mark inside."""
    return _each_word(
        text, chance, 0.5, lambda word: _with(word, chance.choice(".-_*~'|"), chance) if len(word) > 4 else word
    )


def mathematical(text, chance):
    """Letters from one of the mathematical alphabets."""
    first = chance.choice(_MATHS)
    return "".join(
        "ℎ"
        if first == 0x1D434 and c == "h"
        else chr(first + ord(c) - 65)
        if "A" <= c <= "Z"
        else chr(first + 26 + ord(c) - 97)
        if "a" <= c <= "z"
        else c
        for c in text
    )


def full_width(text, chance):
    """Letters and digits as wide as Chinese ones."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def boxed(text, chance):
    """Letters in circles and boxes, digits as emoji."""
    first = chance.choice((0x24D0, 0x1F130, 0x1F150, 0x1F170))
    return "".join(
        chr(first + ord(c.lower()) - 97) if c.isascii() and c.isalpha() else c + "\ufe0f\u20e3" if c.isdigit() else c
        for c in text
    )


def drawn_out(text, chance):
    """Some words with a letter drawn out."""

    def draw(word):
        place = chance.randrange(len(word))
        return word[:place] + word[place] * chance.randint(3, 5) + word[place + 1 :]

    return _each_word(text, chance, 0.4, draw)


def marks_above(text, chance):
    """Letters under heaps of accents."""
    return "".join(c + "".join(chance.choices("\u0301\u0308\u0323\u0336\u0489", k=chance.randint(0, 2))) for c in text)


def capitals(text, chance):
    """Capitals here and there."""
    return "".join(chance.choice((c.upper(), c.lower())) for c in text)


WAYS = [
    leet,
    look_alikes,
    unseen,
    spaced_out,
    spelt,
    torn,
    marked,
    mathematical,
    full_width,
    boxed,
    drawn_out,
    marks_above,
    capitals,
]


def _swapped(text, table, chance, share):
    return "".join(
        chance.choice(table[c.lower()]) if c.lower() in table and chance.random() < share else c for c in text
    )


def _each_word(text, chance, share, change):
    return _WORD.sub(lambda match: change(match[0]) if chance.random() < share else match[0], text)


def _with(word, mark, chance):
    place = chance.randrange(2, len(word) - 1)
    return word[:place] + mark + word[place:]
