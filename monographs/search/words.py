"""The words of texts and queries, brought to the form in which the index keeps them, the same for every database.

Words are folded (case, accents) and kept both whole, for words that are not typed to their end, and as their stem in
the site's language. A word of a name has an underscore before it, so that the index can tell names from text.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

import snowballstemmer
from django.conf import settings

from monographs.folding import fold

MIN_LENGTH = 2
MAX_LENGTH = 200
MAX_WORDS = 8
LONGEST_WORD = 40
SHORTEST_PREFIX = 4
"""Shorter beginnings of words match names only; in the text they would match nearly everything."""

LANGUAGES = {
    **{"ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish"},
    **{"fi": "finnish", "fr": "french", "hu": "hungarian", "it": "italian", "nl": "dutch", "nb": "norwegian"},
    **{"pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish"},
}
LEFT_OUT = {
    "en": "a an and are as at be by can do does for from has how i in is it my of on or that the to was what when "
    "which why will with you",
    "de": "als am an auf bei das dem den der des die ein eine einem einen einer für ich im in ist kann man mit oder "
    "sich und von was welche wie wird zu zum zur",
}


def words_of(text):
    """Return the folded words of a text; very long ones are cut."""
    return [word[:LONGEST_WORD] for word in fold(text).split()]


def stem(word):
    """Return the stem of a folded word in the site's language."""
    return _forms(_language(), word)[-1]


def forms_of(text):
    """Return the forms under which the index keeps each word of a text: itself, and its stem where that differs."""
    language = _language()
    return [_forms(language, word) for word in words_of(text)]


@lru_cache(maxsize=2_000)
def _forms(language, word):
    if language not in LANGUAGES:
        return (word,)
    # A stemmer keeps the word that it works on, so each call has its own: threads share nothing.
    root = snowballstemmer.stemmer(LANGUAGES[language]).stemWord(word)
    return (word,) if root == word else (word, root)


def name_forms_of(text):
    """Return the same for names."""
    return [tuple(f"_{form}" for form in forms) for forms in forms_of(text)]


def _language():
    return settings.LANGUAGE_CODE.partition("-")[0]


@dataclass(frozen=True)
class Query:
    """What somebody looks for: `text` as typed, and its folded words without those that say nothing.

    With `is_finished` the last word is not the beginning of others in the text.
    """

    text: str
    words: tuple[str, ...]
    is_finished: bool = False

    @classmethod
    def read(cls, typed):
        """Read what was typed, whatever it is. What goes beyond the bounds is left out."""
        text = " ".join(typed.replace("\x00", " ")[:MAX_LENGTH].split())
        words = words_of(text)
        left_out = LEFT_OUT.get(_language(), "").split()
        telling = [word for word in words if word not in left_out]
        return cls(text, tuple(dict.fromkeys((telling or words)[:MAX_WORDS])))

    def finished_if(self, is_known):
        """Return the query with its last word finished, if `is_known` says so of that word as a clause.

        What is a word as it stands seldom means longer ones, and for the beginning of a frequent word a database
        gathers all places that have it before it gives the first.
        """
        finished = replace(self, is_finished=True)
        return finished if finished.in_text != self.in_text and is_known(finished.in_text[-1]) else self

    @property
    def is_too_short(self):
        return len("".join(self.words)) < MIN_LENGTH

    @property
    def in_text(self):
        """For each word what the index must contain, as alternatives; "…*" stands for a beginning."""
        shortest = LONGEST_WORD + 1 if self.is_finished else SHORTEST_PREFIX
        return [self._alternatives(word, shortest) for word in self.words]

    @property
    def in_names(self):
        """The same for the words of names."""
        return [tuple(f"_{alternative}" for alternative in self._alternatives(word, MIN_LENGTH)) for word in self.words]

    def _alternatives(self, word, shortest):
        is_unfinished = word == self.words[-1] and len(word) >= shortest
        root = stem(word)
        if is_unfinished:
            return (f"{word}*",) if root == word else (f"{word}*", root)
        return (root,)
