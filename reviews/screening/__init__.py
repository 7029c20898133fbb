"""Small rules that point out what a moderator should look at. They refuse nothing and never see the stars.

A rule is one file in `reviews.screening.rules`. What it reads is the text seen through obfuscation
(`reviews.screening.reading`); what it finds are places in the text as it was typed.
"""

from reviews.screening.reading import read
from reviews.screening.result import Finding, Screening
from reviews.screening.rules import RULES, label_of

__all__ = ["RULES", "Finding", "Screening", "label_of", "screen"]

MOST_FINDINGS = 10
"""Findings kept of one rule in one text; more would tell a moderator nothing new."""


def screen(title, body, **others):
    """Screen a review and return a Screening. `others` are further public texts by field name."""
    texts = {"title": title, "body": body, **others}
    return Screening([finding for where, text in texts.items() for finding in _findings_in(where, text)])


def _findings_in(where, text):
    reading = read(text)
    for rule in RULES.values():
        if rule.only_in not in ("", where):
            continue
        for span in reading.found_by(rule.find)[:MOST_FINDINGS]:
            start, end = reading.place_of(span)
            yield Finding(rule.name, " ".join(text[start:end].split()), where, start, end)
