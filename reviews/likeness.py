"""How alike two texts are: by the pairs of neighbouring words that they share, seen through obfuscation.

A text is summed up in a few keys ("bands" of a MinHash): two texts of which three quarters agree have a key in common
all but surely, two that have little in common all but never. So an index finds near copies without a scan.
See Broder, On the resemblance and containment of documents (1997).
"""

import re
from hashlib import blake2b
from itertools import pairwise

from reviews.screening.reading import read

BANDS, ROWS = 12, 3
FEWEST = 12
"""Words from which a text can be told from others: many people write “It helped me a lot.”"""
ALIKE = 0.4
"""Share of pairs that two texts have in common from which one is a near copy of the other."""
MOST_PAIRS = 256
"""Pairs that are summed up: those with the smallest hashes, which are the same ones in a copy."""

_WORD = re.compile(r"\w+")
_SIXTY_FOUR = 2**64 - 1


def pairs_of(text):
    """Return the hashes of a text's pairs of words, as a set; empty for a text too short to be told from others."""
    words = _WORD.findall(read(text).plain)
    if len(words) < FEWEST:
        return set()
    return {_hash(f"{one} {other}") for one, other in pairwise(words)}


def keys_of(pairs):
    """Return the keys under which a text with such pairs is found, each a whole number of 63 bits."""
    if not pairs:
        return []
    pairs = sorted(pairs)[:MOST_PAIRS]
    smallest = [[min(pair * factor & _SIXTY_FOUR for pair in pairs) for factor in factors] for factors in _FACTORS]
    return [_hash(f"{band} {rows}") >> 1 for band, rows in enumerate(smallest)]


def likeness(pairs, others):
    """Return the share of the pairs of two texts that both have."""
    return len(pairs & others) / (len(pairs | others) or 1)


def _hash(words):
    return int.from_bytes(blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest())


_FACTORS = [[_hash(f"factor {band} {row}") | 1 for row in range(ROWS)] for band in range(BANDS)]
