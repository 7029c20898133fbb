"""What somebody may have meant: names that are written like words that no monograph contains."""

from difflib import SequenceMatcher
from itertools import islice

from monographs.search import finding, indexing
from monographs.search.rows import SHORTEST_CORRECTED
from monographs.search.words import Query, words_of

LEAST_LIKENESS = 0.7
LEAST_LIKENESS_OF_CLOSE = 0.5
MOST_CANDIDATES = 40
MOST_CLOSE = 3
MOST_CORRECTED = 2


def correct(query, *, in_names=False):
    """Return a Query with the nearest word of a name for each word that is unknown, to `in_names` or at all.

    Return None when there is nothing to correct or no name is near. Of many unknown words only the longest are tried:
    to look for what is written alike takes longer than to search.
    """
    longest = sorted((word for word in query.words if len(word) >= SHORTEST_CORRECTED), key=len, reverse=True)
    unknown = islice((word for word in longest if not _is_known(word, in_names)), MOST_CORRECTED)
    corrected = {word: nearest(word) or word for word in unknown}
    words = [corrected.get(word, word) for word in query.words]
    return None if words == list(query.words) else Query.read(" ".join(words))


def _is_known(word, in_names):
    return finding.is_known(Query.read(word), in_names=in_names)


def nearest(word):
    """Return the word of a name in force that is written most like this one, or None."""
    alike = {candidate: likeness(word, candidate) for name in _alike(word) for candidate in words_of(name)}
    best = max(alike, key=lambda candidate: (alike[candidate], candidate), default=None)
    return best if best and best != word and alike[best] >= LEAST_LIKENESS else None


def close_names(query):
    """Return a few names in force that are written somewhat like the longest word of a query, nearest first."""
    longest = max(query.words, key=len)
    alike = {name: max(likeness(longest, word) for word in words_of(name)) for name in _alike(longest)}
    near = [name for name in alike if alike[name] >= LEAST_LIKENESS_OF_CLOSE]
    return sorted(near, key=lambda name: (-alike[name], name))[:MOST_CLOSE]


def likeness(one, other):
    """Return how much two words are written alike, from 0 to 1."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _alike(word):
    if len(word) < SHORTEST_CORRECTED:
        return []
    now = finding.now_parameter()
    rows = indexing.names().find(
        word, columns="host.name", most=MOST_CANDIDATES, join=finding.IN_FORCE, where=finding.NOW, parameters=[now, now]
    )
    return [name for (name,) in rows]
