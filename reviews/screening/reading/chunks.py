"""Chunks of text: what stands between two gaps. Each knows where its characters stand."""

import re
from dataclasses import dataclass
from itertools import pairwise

_CHUNK = re.compile(r"\S+")


@dataclass
class Chunk:
    """Characters, the index of each in the text, and the width of the gap that follows."""

    text: str
    indices: list[int]
    gap: int = 1
    is_spelt: bool = False

    def part(self, start, end):
        """Return the part of the chunk between two places of its text."""
        return Chunk(self.text[start:end], self.indices[start:end], self.gap, self.is_spelt)

    def parted(self):
        """Return the marks before, the core, and the marks after."""
        text = self.text
        if text.isalnum():
            return _NOTHING, self, _NOTHING
        start, end = 0, len(text)
        while start < end and not (text[start].isalnum() or text[start] in "@$"):
            start += 1
        while end > start and not text[end - 1].isalnum():
            end -= 1
        return self.part(0, start), self.part(start, end), self.part(end, len(text))

    def split(self, pattern):
        """Return the parts between the single characters that a pattern matches, and these."""
        places = [place for match in pattern.finditer(self.text) for place in match.span()]
        edges = [0, *places, len(self.text)]
        return [self.part(start, end) for start, end in pairwise(edges) if start < end]

    def standing_for(self, words):
        """Return the chunk as the words that it stands for.

        Each letter of theirs stands where the next letter of the chunk is that it equals; one that is written in
        another way stands where the next letter is.
        """
        parts, place, last = [], 0, len(self.text) - 1
        for word in words:
            indices = []
            for letter in word:
                found = self.text.find(letter, place, place + _NEAR)
                place = found if found >= 0 else min(place, last)
                while place < last and found < 0 and not (self.text[place].isalnum() or self.text[place] in "@$!|+€"):
                    place += 1
                indices.append(self.indices[place])
                place += 1
            parts.append(Chunk(word, indices))
        parts[-1].gap = self.gap
        return parts


_NOTHING = Chunk("", [])
_NEAR = 4


def chunks_of(plain):
    """Return the chunks of a text."""
    spans = [match.span() for match in _CHUNK.finditer(plain)]
    following = [start for start, _end in spans] + [len(plain)]
    return [
        Chunk(plain[start:end], list(range(start, end)), following[number] - end)
        for number, (start, end) in enumerate(spans, 1)
    ]


def one_of(chunks, *, is_spelt=False):
    """Return several chunks as one."""
    chunks = [chunk for chunk in chunks if chunk.text]
    if len(chunks) == 1 and not is_spelt:
        return chunks[0]
    if not chunks:
        return _NOTHING
    text = "".join([chunk.text for chunk in chunks])
    return Chunk(text, [index for chunk in chunks for index in chunk.indices], chunks[-1].gap, is_spelt)
