"""Keeps what was found out about short pieces of text; a stranger cannot fill the memory with long ones."""

from functools import lru_cache, wraps

MOST = 2_000
"""Pieces for each function: most words that reviews have in common; what is rarer is asked for once."""

LONGEST = 60
"""Characters; no word is longer, and what is gets worked out each time."""


def keep_short(function):
    """Keep what a function of a text returns for the short texts that it was called with last."""
    kept = lru_cache(MOST)(function)

    @wraps(function)
    def answer(text, **how):
        return (kept if len(text) <= LONGEST else function)(text, **how)

    answer.kept = kept
    return answer
