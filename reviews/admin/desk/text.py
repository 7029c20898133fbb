"""A review's text with the places in it that the screening saw, and those that a moderator marks for the author."""

from dataclasses import dataclass
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from reviews.models import Review
from reviews.models.written_text import WrittenText
from reviews.screening import RULES, label_of

FIELDS = WrittenText.TYPED
MOST_MARKS = 20
SALES = frozenset(name for name, rule in RULES.items() if rule.weight > 1)


@dataclass(frozen=True)
class Place:
    """One finding, numbered through the whole review; the first of each rule brings the rule's explanation."""

    number: int
    kind: str
    where: str
    start: int
    end: int
    words: str
    explanation: str = ""

    @property
    def label(self):
        """What was found, in words."""
        return label_of(self.kind)

    @property
    def tone(self):
        """Which of three looks it has."""
        if self.kind == "crisis":
            return "crisis"
        return "sales" if self.kind in SALES else "rule"

    @property
    def field(self):
        """The name of the field, for moderators."""
        return Review._meta.get_field(self.where).verbose_name

    @property
    def value(self):
        """Where it is, as a form sends it."""
        return f"{self.where}:{self.start}:{self.end}"


@dataclass(frozen=True)
class Piece:
    """A stretch of text in which the same findings hold; `begins` are those whose first piece it is."""

    words: str
    places: tuple[Place, ...] = ()
    begins: tuple[Place, ...] = ()

    @property
    def tone(self):
        """The look of the gravest finding."""
        return min((place.tone for place in self.places), key=("crisis", "sales", "rule").index)


def places_in(text):
    """Return the findings of a written text as Places, in reading order; any that do not fit the text are left out."""
    fitting = [
        finding
        for finding in text.findings
        if finding["where"] in FIELDS and 0 <= finding["start"] < finding["end"] <= len(getattr(text, finding["where"]))
    ]
    fitting.sort(key=lambda finding: (FIELDS.index(finding["where"]), finding["start"], finding["end"]))
    unexplained = {name: str(rule.explanation) for name, rule in RULES.items()}
    return [
        Place(
            number,
            *(finding[name] for name in ("kind", "where", "start", "end", "words")),
            unexplained.pop(finding["kind"], ""),
        )
        for number, finding in enumerate(fitting, start=1)
    ]


def pieces(words, places):
    """Cut a text at every start and end of its places; joined, the pieces are the text."""
    cuts = sorted({0, len(words), *(place.start for place in places), *(place.end for place in places)})
    return [
        Piece(
            words[start:end],
            tuple(place for place in places if place.start <= start and end <= place.end),
            tuple(place for place in places if place.start == start),
        )
        for start, end in pairwise(cuts)
    ]


def marked(text, places, *, linked=True):
    """Return every field that an author types freely as HTML, by its name, with each finding marked.

    Linked ones lead to their reasons, which the page lists under "reason-<number>".
    """
    return {
        name: format_html_join(
            "",
            "{}",
            ((_as_html(piece, linked=linked),) for piece in pieces(getattr(text, name), _within(name, places))),
        )
        for name in FIELDS
    }


def _within(name, places):
    return [place for place in places if place.where == name]


def _as_html(piece, *, linked):
    if not piece.places:
        return piece.words
    reason = "; ".join(dict.fromkeys(place.label for place in piece.places))
    if not linked:
        return format_html('<mark class="finding is-{}" data-reason="{}">{}</mark>', piece.tone, reason, piece.words)
    return format_html(
        '{}<a class="finding is-{}" href="#reason-{}" aria-describedby="{}" data-reason="{}">{}</a>',
        format_html_join("", '<span id="place-{}"></span>', ((place.number,) for place in piece.begins)),
        piece.tone,
        piece.places[0].number,
        " ".join(f"reason-{place.number}" for place in piece.places),
        reason,
        piece.words,
    )


def read_marks(values, text):
    """Return passages sent as "where:start:end" as Decision.marks keeps them. Raises ValidationError for others."""
    marks = []
    for value in dict.fromkeys(values):
        where, _colon, span = value.partition(":")
        start, _colon, end = span.partition(":")
        if where not in FIELDS or not (start.isdecimal() and end.isdecimal() and len(span) < 12):
            raise _not_in_the_text()
        mark = {"where": where, "start": int(start), "end": int(end)}
        if not mark["start"] < mark["end"] <= len(getattr(text, where)):
            raise _not_in_the_text()
        marks.append(mark)
    if len(marks) > MOST_MARKS:
        raise ValidationError(_("Mark at most %(most)d passages.") % {"most": MOST_MARKS})
    return sorted(marks, key=lambda mark: (FIELDS.index(mark["where"]), mark["start"], mark["end"]))


def _not_in_the_text():
    return ValidationError(_("A marked passage is not in this text. Mark it again."))
