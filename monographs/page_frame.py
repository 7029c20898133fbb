"""Keeps the part of a monograph page that reviews do not change, ready in the memory of each process.

A decision about a review changes three short parts of a long page. Everything else is made once and kept here as a
frame, under a key of all that it shows (see monographs.page_cache), and a page made anew fills the frame. What was
decided is read for each page, so a frame holds nothing that a decision can take back.
"""

import secrets
from dataclasses import dataclass, field

from django.template.loader import get_template

from monographs.in_memory import InMemory

FRAMES = InMemory(16_000_000)


@dataclass(frozen=True)
class Frame:
    """A page in pieces, and between each two of them the template of the part that stands there."""

    pieces: tuple[bytes, ...]
    parts: tuple[str, ...]

    def __len__(self):
        """How many bytes it takes."""
        return sum(map(len, self.pieces))

    def filled(self, edition):
        """Return the page as bytes, with each part as it is now."""
        made = [get_template(name).render({"edition": edition}).encode() for name in self.parts]
        return b"".join(piece for pair in zip(self.pieces, [*made, b""], strict=True) for piece in pair)


@dataclass
class Gaps:
    """Given to a template as `gaps`: notes where parts belong, by marks that nobody can have typed."""

    mark: str = field(default_factory=lambda: f"<{secrets.token_hex(16)}>")
    parts: list[str] = field(default_factory=list)

    def leave(self, name):
        """Note that this part stands here; return what to write in its place."""
        self.parts.append(name)
        return self.mark

    def frame(self, text):
        """Return the Frame of what the template made."""
        return Frame(tuple(piece.encode() for piece in text.split(self.mark)), tuple(self.parts))
