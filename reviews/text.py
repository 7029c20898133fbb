"""What becomes of text that a person typed before it is stored or shown again."""

import re

from monographs.rendering import UNSEEN

_WORD = re.compile(r"\w")
_UNSEEN = re.compile(
    f"{UNSEEN.pattern}|[\u115f\u1160\u180e\u200b\u2060-\u2064\u206a-\u206f\u3164\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""More than editors' texts lose: with fillers and tags, strangers write names and messages that no moderator sees.

Joiners stay, which many scripts and emoji need, and marks of direction, which mixed lines need.
"""


def tidy(text):
    """Return text trimmed, with plain line ends, and without characters that nobody sees or that reorder others."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def tidy_line(text):
    """Return tidied text as one line with single spaces."""
    return " ".join(tidy(text).split())


def has_words(text):
    """Whether text contains a letter or a digit of any script."""
    return bool(_WORD.search(text))
