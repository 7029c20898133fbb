"""What a rule is, and how its patterns are written.

Patterns have a fixed start and bounded repeats, so that the time grows with the length of the text and no faster.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from reviews.screening.reading import Reading

Span = tuple[int, int]

_GAP = r"(?:[ _/.-]|, ?| [-_/*|~+] )"
_SPACE_OUTSIDE_CLASSES = re.compile(r"(\[[^\]]*\])| ")
_WORDS_BEFORE = re.compile(r"[\w']+")


@dataclass(frozen=True)
class Rule:
    """One thing to look for.

    `weight` says how strongly it speaks for a sales message, 0 for what has nothing to do with sales. `explanation` is
    for moderators. `advice` tells the writer what may stop the review and how to mend it; a rule without advice is a
    sign for moderators alone. `only_in` is the field that it is about, where it is not about all. `catches` and
    `leaves` are texts that it must and must not fire on; the tests run them.
    """

    name: str
    weight: int
    label: Promise
    explanation: Promise
    find: Callable[[Reading], Iterable[Span]]
    catches: tuple[str, ...]
    leaves: tuple[str, ...]
    advice: Promise | str = ""
    only_in: str = ""


def pattern(*parts, **fragments):
    """Compile alternatives that begin at a word. A space stands for any small gap; <name> for a fragment of that name.

    Fragments are alternatives too, separated by `|`.
    """
    source = "|".join(parts)
    for name, fragment in fragments.items():
        source = source.replace(f"<{name}>", f"(?:{fragment})")
    source = _SPACE_OUTSIDE_CLASSES.sub(lambda match: match[1] or _GAP, source)
    return re.compile(rf"(?<![\w@])(?=[\w$£€@])(?:{source})(?!\w)")


def phrases(*parts, first=(), not_after="", not_by_patients=False, **fragments):
    """Return a `find` for the alternatives, except where the word before is among `not_after`.

    Those in `first` count only where a sentence begins. Where `not_by_patients`, a text that tells of the writer's own
    doctor, pharmacy or prescription has none of them: patients speak of prices and parcels too.
    """
    compiled = pattern(*parts, **fragments)
    beginning = pattern(*first, **fragments) if first else None
    unwanted = frozenset(not_after.split())

    def find(reading):
        if not_by_patients and reading.is_of_patient:
            return
        for match in compiled.finditer(reading.plain):
            if not unwanted or word_before(reading.plain, match.start()) not in unwanted:
                yield match.span()
        for match in beginning.finditer(reading.plain) if beginning else ():
            if not word_before(reading.plain, match.start()):
                yield match.span()

    return find


def word_before(text, place):
    """Return the word that stands before a place in the same sentence, or ""."""
    before = text[max(0, place - 20) : place]
    words = _WORDS_BEFORE.findall(re.split(r"[.!?:;] ", before)[-1])
    return words[-1] if words else ""
