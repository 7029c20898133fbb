"""What the words of a heading say about its section."""

import re

from monographs.models import Section

KINDS = [
    (Section.Kind.MECHANISM, r"\bmechanisms?\b|\bmode of action\b|\bhow (it|\w+) works\b|\bpharmacodynamics\b"),
    (Section.Kind.EFFECTS, r"\b(side|adverse|undesirable|unwanted)[ -](effects?|reactions?)\b"),
    (Section.Kind.USES, r"\b(medical|clinical|therapeutic) uses?\b|^uses?\b|\bindications?\b|\bused for\b"),
    (Section.Kind.FORMS, r"\bforms?\b|\badministration\b|\bhow (it|\w+) is (given|taken)\b"),
    (Section.Kind.RESEARCH, r"\bresearch\b"),
]


def kinds_of(headings):
    """Return the kind of section for each heading, in order. A kind is given once; further sections are other."""
    kinds = []
    for heading in headings:
        kind = next((kind for kind, words in KINDS if re.search(words, heading, re.IGNORECASE)), Section.Kind.OTHER)
        kinds.append(Section.Kind.OTHER if kind in kinds else kind)
    return kinds
