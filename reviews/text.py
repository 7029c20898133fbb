"""What becomes of text that a person typed before it is stored or shown again."""

import re

from monographs.rendering import UNSEEN

_WORD = re.compile(r"\w")


def tidy(text):
    """Return text trimmed, with plain line ends, and without characters that nobody sees or that reorder others."""
    return UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def tidy_line(text):
    """Return tidied text as one line with single spaces."""
    return " ".join(tidy(text).split())


def has_words(text):
    """Whether text contains a letter or a digit of any script."""
    return bool(_WORD.search(text))
