"""Small rules that point out what a moderator should look at. They refuse nothing and never see the stars.

Every pattern has bounded repeats and a fixed start, so that the time grows with the length of the text and no faster.
"""

import re
from dataclasses import asdict, dataclass
from itertools import islice
from string import ascii_lowercase, ascii_uppercase

from django.db import models
from django.utils.translation import gettext_lazy as _

MOST_FINDINGS = 10
"""Findings kept of one kind in one text; more would tell a moderator nothing new."""


class Kind(models.TextChoices):
    """What a finding is about, in the moderators' words."""

    CRISIS = "crisis", _("May speak of danger to life")
    SOURCING = "sourcing", _("Selling, or where to get it")
    EMAIL = "email", _("E-mail address")
    PHONE = "phone", _("Telephone number")
    WEB = "web", _("Web address")
    HANDLE = "handle", _("Messenger or account")
    DOSE = "dose", _("Tells others what to take")
    CAPITALS = "capitals", _("All in capitals")


@dataclass(frozen=True)
class Finding:
    """One thing that was seen: the words, the field they are in, and their place in it."""

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

    @property
    def likely_spam(self):
        """Whether it reads like a sales message: selling words with a way to answer, or three different ones."""
        sourcing = {finding.words.casefold() for finding in self.findings if finding.kind == Kind.SOURCING}
        has_contact = any(finding.kind in (Kind.EMAIL, Kind.PHONE, Kind.WEB, Kind.HANDLE) for finding in self.findings)
        return len(sourcing) >= 3 or (bool(sourcing) and has_contact)

    @property
    def crisis(self):
        """Whether somebody may be in danger."""
        return any(finding.kind == Kind.CRISIS for finding in self.findings)


def screen(title, body, **others):
    """Screen a review and return a Screening. `others` are further public texts by field name."""
    texts = {"title": title, "body": body, **others}
    return Screening([finding for where, text in texts.items() for finding in _findings_in(where, text)])


def _findings_in(where, text):
    # Only A to Z become small, so that every place in the text stays where it is.
    small = text.translate(_SMALL)
    for kind, find in _RULES.items():
        for start, end in islice(find(text if kind == Kind.CAPITALS else small), MOST_FINDINGS):
            yield Finding(kind.value, " ".join(text[start:end].split()), where, start, end)


def _any_of(*parts, after=r"\b"):
    pattern = re.compile(f"{after}(?:{'|'.join(parts)})")
    return lambda text: (match.span() for match in pattern.finditer(text))


def _phones(text):
    for match in _PHONE.finditer(text):
        digits = sum(character.isdigit() for character in match[0])
        if 8 <= digits <= 15 and not _DATE.search(match[0]):
            yield match.span()


def _doses(text):
    for match in _DOSE.finditer(text):
        # "I take 50 mg" and "was told to take 50 mg" tell of oneself; "take 50 mg" and "you should take" tell others.
        before = re.findall(r"[\w’']+", text[max(0, match.start() - 30) : match.start()].casefold())[-3:]
        if "you" in before or not before or before[-1] not in _TELLING_OF_ONESELF:
            yield match.span()


def _capitals(text):
    letters = [character for character in text if character.isalpha()]
    upper = sum(character.isupper() for character in letters)
    if len(letters) >= 12 and upper >= 0.7 * len(letters):
        yield 0, len(text)


_SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)
_PHONE = re.compile(r"(?<![\w.])(?:\+|00)?[\d(][\d ()./–-]{6,20}\d(?!\w)")
_DATE = re.compile(r"\b\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}\b|^(?:19|20)\d\d ?[-–/] ?(?:19|20)\d\d$")
_DOSE = re.compile(
    r"\b(?:take|try|use|inject|inhale|snort|swallow|start (?:with|at|on)|begin with|go (?:up )?to|increase to|up to)"
    r"(?: \w{1,10}){0,3}? ?\d{1,5}(?:[.,]\d{1,3})?(?: ?[-–] ?\d{1,5})? ?"
    r"(?:mg|mcg|µg|μg|ug|g|ml|milligrams?|grams?|tablets?|pills?|capsules?|drops|puffs|sprays|lozenges?)\b"
)
_TELLING_OF_ONESELF = frozenset(
    "i i’d i'd i’ll i'll we we’d we'd he she they to only usually now still always would could can then and me us "
    "him her patients did didn’t didn't".split()
)
_TLDS = "com|net|org|info|biz|shop|store|online|site|xyz|pharmacy|onion|ru|uk|eu|de|nl|ch|cn"

_RULES = {
    Kind.CRISIS: _any_of(
        r"suicid\w{0,10}",
        r"(?:kill|harm|hurt)(?:ed|ing)? (?:my|him|her|them|your)sel(?:f|ves)\b",
        r"self[- ]?harm\w{0,5}",
        r"end(?:ed|ing)? (?:my|it all|his|her|their)(?: own)?(?: life)?\b",
        r"(?:want(?:ed)?|going|ready) to die\b",
        r"overdos\w{0,5}",
        r"(?:can(?:’|')?t|cannot|not|stopped|stops) breath\w{0,4}",
        r"(?:won(?:’|')?t|doesn(?:’|')?t|not|cannot|can(?:’|')?t) wak\w{0,5}(?: up)?\b",
        r"chest pains?\b",
    ),
    Kind.SOURCING: _any_of(
        r"(?:buy|order|purchase|get)(?: \w{1,15}){0,3} (?:online|here|from (?:us|me|him|her|them))\b",
        r"(?:for sale|in stock|on sale|best prices?|low prices?|cheap(?:est)?|wholesale|bulk orders?)\b",
        r"(?:no|without(?: a| any)?) (?:prescription|rx|script)\b",
        r"(?:discreet|stealth|overnight|fast|worldwide|free|same[- ]day) "
        r"(?:shipping|shipment|delivery|packag\w{1,4})\b",
        r"(?:we|i) (?:ship|deliver|sell|supply)\b",
        r"(?:vendors?|suppliers?|dealers?|plug|dark ?net|dark ?web)\b",
        r"(?:contact|message|text|dm|pm|hit|write|call|e-?mail) (?:me|us|him|her|them|up)\b",
        r"(?:bitcoin|btc|crypto|cash ?app|pay ?pal|western union|zelle|venmo)\b",
        r"(?:discount|promo|coupon)(?: code)?s?\b",
        r"(?:order|buy) (?:now|today|yours)\b",
        r"(?:100 ?% )?(?:legit|guaranteed)\b",
    ),
    Kind.EMAIL: _any_of(
        r"[\w.+-]{1,64}(?:@| ?[(\[] ?at ?[)\]] ?)[\w-]{1,63}(?:(?:\.| ?[(\[] ?dot ?[)\]] ?)[\w-]{1,63}){1,4}",
        r"[\w.+-]{1,64} at [\w-]{1,63} dot [a-z]{2,10}\b",
        after=r"(?<![\w.+-])",
    ),
    Kind.PHONE: _phones,
    Kind.WEB: _any_of(
        r"(?:https?://|www\.)\S{1,200}",
        rf"(?:[\w-]{{1,63}}\.){{1,4}}(?:{_TLDS})\b(?!\.?\w)(?:/\S{{0,200}})?",
        after=r"(?<![\w@.-])",
    ),
    Kind.HANDLE: _any_of(
        r"@[a-z]\w{2,31}",
        r"(?:t\.me|wa\.me)/\S{1,64}",
        r"(?:tele ?gram|whats ?app|wickr|threema|snap ?chat|discord|insta(?:gram)?|wechat)\b",
        r"(?:on|via|my|use) (?:signal|session|kik|tg|ig)\b",
        after=r"(?<![\w.])",
    ),
    Kind.DOSE: _doses,
    Kind.CAPITALS: _capitals,
}
