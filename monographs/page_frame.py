"""Keeps the part of a monograph page that reviews do not change, ready in the memory of each process.

A decision about a review changes three short parts of a long page. Everything else is made once and kept here as a
frame, under a key of all that it shows (see monographs.page_cache), and a page made anew fills the frame. What was
decided is read for each page, so a frame holds nothing that a decision can take back.
"""

import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

from django.template.loader import get_template

MOST_BYTES = 16_000_000
"""Bytes of all frames together in one process; those not asked for longest go first."""


@dataclass(frozen=True)
class Frame:
    """A page in pieces, and between each two of them the template of the part that stands there."""

    pieces: tuple[bytes, ...]
    parts: tuple[str, ...]

    @property
    def size(self):
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


class Frames:
    """The frames of a process, for all its threads."""

    def __init__(self):
        self._frames = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, key):
        """Return the Frame under this key, or None."""
        with self._lock:
            if key in self._frames:
                self._frames.move_to_end(key)
            return self._frames.get(key)

    def keep(self, key, frame):
        """Keep a frame, and let go of others where there are too many bytes."""
        with self._lock:
            if key not in self._frames:
                self._frames[key] = frame
                self._size += frame.size
            while self._size > MOST_BYTES:
                _key, oldest = self._frames.popitem(last=False)
                self._size -= oldest.size

    def clear(self):
        """Let go of all."""
        with self._lock:
            self._frames.clear()
            self._size = 0


FRAMES = Frames()
