"""The check before sending: what the screening saw in a text, told to its writer, who may send it all the same."""

from dataclasses import dataclass, field

from django.utils.crypto import salted_hmac

from reviews.authoring import screening_of
from reviews.models.written_text import WrittenText
from reviews.passages import passages_of
from reviews.screening import RULES


@dataclass
class Advice:
    """What one rule tells the writer: the places in the text, and how to mend them."""

    kind: str
    text: WrittenText
    findings: list = field(default_factory=list)

    @property
    def label(self):
        return RULES[self.kind].label

    @property
    def sentence(self):
        return RULES[self.kind].advice

    @property
    def passages(self):
        """The places with a few words around each; none for what is about the whole text."""
        places = ("where", "start", "end")
        parts = [found for found in self.findings if not self.is_whole(found)]
        return passages_of(self.text, [{name: getattr(found, name) for name in places} for found in parts])

    def is_whole(self, finding):
        """Whether a finding is about everything that stands in its field."""
        return finding.end - finding.start >= len(getattr(self.text, finding.where))


class Check:
    """What the writer of a text is told before it is sent.

    `seen` is what the form sends back of an earlier check: a keyed hash of each thing that was shown. Who has seen
    everything is not asked again, also after mending a part of it; who writes something new is.
    """

    def __init__(self, text, seen="", *, of=None):
        self.text = text
        self.screening = screening_of(text, of=of)
        told = [finding for finding in self.screening.findings if is_told(finding)]
        self.advice = _advice_from(told, text)
        self._hashes = sorted({_hash(finding) for finding in told})
        self.is_new = not set(self._hashes) <= set(seen.split("."))

    @property
    def is_crisis(self):
        """Whether the text speaks of danger, so that help is shown."""
        return self.screening.crisis

    @property
    def seen(self):
        """What the form sends back."""
        return ".".join(self._hashes)


def is_told(finding):
    """Whether a finding is shown to the writer: those that can be mended, and words of danger."""
    return bool(RULES[finding.kind].advice) or finding.kind == "crisis"


def _advice_from(findings, text):
    """Return an Advice for each rule that can be mended, in the order of the rules."""
    by_kind = {}
    for finding in findings:
        if RULES[finding.kind].advice:
            by_kind.setdefault(finding.kind, Advice(finding.kind, text)).findings.append(finding)
    return [by_kind[kind] for kind in RULES if kind in by_kind]


def _hash(finding):
    words = "\0".join((finding.kind, finding.where, finding.words))
    return salted_hmac("reviews.checking", words, algorithm="sha256").hexdigest()[:16]
