"""What a screening gives: findings, and what follows from them."""

from dataclasses import asdict, dataclass

from reviews.screening.rules import RULES

LIKELY_SPAM = 5
"""From this sum of the weights of the rules that fired, each counted once, a review reads like a sales message.

An offer in plain words has more than this by itself. Everything else that sales messages are made of weighs less, so
that it takes two or three different signs: a call to get in touch and a number, a shop's voice and a way to pay.
"""


@dataclass(frozen=True)
class Finding:
    """One thing that was seen: the rule's name, the words, the field they are in, and their place in it."""

    kind: str
    words: str
    where: str
    start: int
    end: int

    def as_data(self):
        """Return the finding as it is stored with a review."""
        return asdict(self)


@dataclass(frozen=True)
class Screening:
    """All findings of one review."""

    findings: list[Finding]

    @classmethod
    def of(cls, stored):
        """Return the screening whose findings were stored with a review."""
        return cls([Finding(**data) for data in stored])

    @property
    def kinds(self):
        """The names of the rules that fired, in the order of the rules."""
        found = {finding.kind for finding in self.findings}
        return [name for name in RULES if name in found]

    @property
    def score(self):
        """How much it reads like a sales message: the sum of the weights of the rules that fired."""
        return sum(RULES[kind].weight for kind in self.kinds)

    @property
    def likely_spam(self):
        """Whether it reads like a sales message."""
        return self.score >= LIKELY_SPAM

    @property
    def crisis(self):
        """Whether somebody may be in danger."""
        return "crisis" in self.kinds
