"""Second step: words that were torn apart, glued together or written with digits and marks become whole again.

Nothing is changed that does not become a watched or common word by it, except digits between letters and letters that
are drawn out.
"""

import re
from itertools import groupby

from reviews.screening.reading.chunks import chunks_of, one_of
from reviews.screening.reading.letters import Letters
from reviews.screening.reading.meaning import LEET, MARKS, likely_form_of, meaning_of
from reviews.screening.reading.vocabulary import BEGINNINGS, KNOWN, WATCHED

_JOINTS = re.compile(r"[./:@_-]")
_SPELT = re.compile(r"(?:[^\W_](?:[^\w\s]|_){1,2}){3,}[^\W_]")
_SHORT = frozenset("0n n0 t0 g0 d0 0r 0f @t @n".split())
_MOST_PIECES = 8


def plain_words(letters):
    """Return Letters whose words are whole, one space apart."""
    chunks = [part for chunk in _unspaced(chunks_of(letters.plain)) for part in _made_whole(chunk)]
    plain, indices = [], []
    for chunk in _rejoined(chunks):
        if plain:
            plain.append(" ")
            indices.append(indices[-1] + 1)
        plain.append(chunk.text)
        indices += chunk.indices
    plain = "".join(plain)
    cased = "".join(
        letter.upper() if letters.cased[index] != letters.plain[index] else letter
        for letter, index in zip(plain, indices, strict=True)
    )
    return Letters(plain, cased, [letters.places[index] for index in indices])


def _unspaced(chunks):
    """Join runs of single characters: "k e t a m i n e", "t . m e / k e t"."""
    for is_single, run in groupby(chunks, key=lambda chunk: len(chunk.text) == 1):
        run = list(run)
        yield from _joined(run) if is_single and sum(chunk.text.isalpha() for chunk in run) >= 3 else run


def _joined(run):
    # A gap that is wider than the others parts two words; what follows the last one is not among them.
    narrow = min(chunk.gap for chunk in run[:-1])
    words = [[]]
    for chunk in run:
        words[-1].append(chunk)
        if chunk.gap > narrow:
            words.append([])
    return [one_of(word, is_spelt=all(chunk.text.isalnum() for chunk in word)) for word in words if word]


def _made_whole(chunk):
    """Return the chunk as the words that it stands for."""
    if _is_whole(chunk):
        return [chunk]
    before, core, after = chunk.parted()
    if core.text in KNOWN:
        return [chunk]
    is_spelt = chunk.is_spelt or bool(_SPELT.fullmatch(core.text))
    if words := meaning_of(MARKS.sub("", core.text) if is_spelt else core.text, is_spelt=is_spelt):
        parts = core.standing_for(words)
        parts[0], parts[-1] = one_of([before, parts[0]]), one_of([parts[-1], after])
        return parts
    if core.text.isalpha() and not is_spelt:
        return [one_of([before, _likely(core), after])]
    return [one_of([before, *map(_likely, core.split(_JOINTS)), after])]


def _is_whole(chunk):
    return chunk.text in KNOWN or (len(chunk.text) < 3 and chunk.text not in _SHORT)


def _likely(part):
    if _is_whole(part):
        return part
    before, core, after = part.parted()
    [likely] = core.standing_for([likely_form_of(core.text)]) if core.text else [core]
    return one_of([before, likely, after])


def _rejoined(chunks):
    """Join neighbours that make up one watched word: "tele gram", "pre scrip tion"."""
    place = 0
    while place < len(chunks):
        word, count = _word_of_pieces(chunks, place)
        whole = one_of(chunks[place : place + count])
        if word:
            before, core, after = whole.parted()
            whole = one_of([before, *core.standing_for([word]), after])
        yield whole
        place += count


def _word_of_pieces(chunks, place):
    """Return the watched word that the chunks from this one on make up, and how many they are; "" and 1 for none."""
    text = ""
    for count, chunk in enumerate(chunks[place : place + _MOST_PIECES], 1):
        before, core, after = chunk.parted()
        if not core.text and len(chunk.text) == 1 and text:
            continue
        if count > 1 and before.text:
            break
        text += core.text if core.text.isalpha() or core.text.isdigit() else core.text.translate(LEET)
        if count > 1 and len(text) > 4 and text in WATCHED:
            return text, count
        if after.text or text not in BEGINNINGS:
            break
    return "", 1
