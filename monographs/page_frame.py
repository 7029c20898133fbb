"""The part of a monograph page that neither decisions nor other monographs change, as a frame with gaps.

The frame is made when an edition is published, and stored (monographs.freezing) under a key of all that it shows (see
monographs.page_cache). A page fills it: what was decided about reviews, and which monographs stand beside this one, is
read for each page, so that a frame holds nothing that a decision can take back.
"""

import secrets
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.template.loader import get_template, render_to_string

MARK_BYTES = 16


@dataclass(frozen=True)
class Frame:
    """A page with gaps: where a part belongs, the name of its template stands between two marks."""

    mark: bytes
    text: bytes

    @classmethod
    def stored(cls, stored):
        """Return the Frame that `to_store` was asked of."""
        size = 2 * MARK_BYTES
        return cls(stored[:size], stored[size:])

    @property
    def to_store(self):
        """All of it as bytes."""
        return self.mark + self.text

    def filled(self, edition):
        """Return the page as bytes, with each part as it is now."""
        pieces = self.text.split(self.mark)
        pieces[1::2] = (get_template(name.decode()).render({"edition": edition}).encode() for name in pieces[1::2])
        return b"".join(pieces)


@dataclass
class Gaps:
    """Given to a template as `gaps`: has parts left out, by a mark that nobody can have typed."""

    mark: str = field(default_factory=lambda: secrets.token_hex(MARK_BYTES))

    def leave(self, name):
        """Return what to write where a part belongs."""
        return f"{self.mark}{name}{self.mark}"

    def frame(self, text):
        """Return the Frame of what the template made."""
        return Frame(self.mark.encode(), text.encode())


def make_frame(edition, **context):
    """Return the Frame of the page of an edition in force."""
    gaps = Gaps()
    # Nobody's request: what the frame shows, everybody may see.
    return gaps.frame(render_page(edition, HttpRequest(), gaps=gaps, **context))


def render_page(edition, request, **context):
    """Return the page of an edition, in force or earlier, as text."""
    return render_to_string("monographs/monograph_page.html", {"edition": edition, **context}, request)
