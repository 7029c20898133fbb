"""Web addresses, also with their dots written out."""

import re

from django.utils.translation import gettext_lazy as _

from reviews.screening.rule import Rule
from reviews.screening.rules import email

SURE = (
    "com|net|org|info|biz|shop|store|online|site|xyz|pharmacy|onion|club|top|vip|market|deals?|trade|bet|win|io|cc|"
    "ru|cn|"
    "co\\.uk|uk|eu|nl|ch|pw|su|tk|ly|gg|app|dev|health|clinic|link|live|pro|biz|rx|bid|space|website|world|care|center"
)
_DOT = (
    r"(?:\.|,(?=com\b|net\b|org\b)| ?[(\[{<] ?(?:dot|\.) ?[)\]}>] ?| dot "
    r"| \. ?(?=com\b|net\b|org\b|shop\b|store\b|onion\b))"
)
_FULL = re.compile(r"(?:h(?:tt|xx)ps?|ftp) ?: ?/ ?/\S{1,200}|\bwww ?(?:\.|dot| ) ?\S{2,200}")
_NAME = re.compile(
    rf"(?<![\w@.-])(?:[\w-]{{1,63}}{_DOT}){{1,4}}(?:{SURE}|example|de|to|me|fr|es|it|in|us|ca|at|be|is|co)(?![\w@]|"
    rf"\.\w|')(?:/\S{{0,200}})?"
)
_LABEL = re.compile(r"[a-z]")
_UNSURE = frozenset(
    "de to me fr es it in us ca at be is co online site live world top care health app link win space market center "
    "pro deal deals".split()
)


def find(reading):
    """Find addresses; a full stop without a space after it makes none ("It was great.The next day")."""
    emails = reading.found_by(email.find)
    ends = 0
    for match in _FULL.finditer(reading.plain):
        ends = match.end()
        yield match.span()
    for match in _NAME.finditer(reading.plain):
        is_of_email = any(start < match.start() < end for start, end in emails)
        if match.start() >= ends and not is_of_email and not _is_sentence_end(match, reading):
            yield match.span()


def _is_sentence_end(match, reading):
    name, _dot, ending = match[0].partition("/")[0].rpartition(".")
    if not _LABEL.search(match[0]) or not name:
        return not _LABEL.search(match[0])
    if ending not in _UNSURE:
        return _begins_a_sentence(reading.cased, match.start() + len(name))
    # Words that also end sentences: an address has a digit, a hyphen or a second dot, or is not a word of the language.
    if _begins_a_sentence(reading.cased, match.start() + len(name)) or len(name) < 4:
        return True
    return not (
        "/" in match[0]
        or re.search(
            r"[\d.-]|(?:ket|buy|shop|rx|med|pharm|pill|store|drug|order|deal|cheap|online|plug|vial|direct|lab|express|world|land|mart|hub|script|supply|source)",
            name,
        )
    )


def _begins_a_sentence(cased, dot):
    return cased[dot - 1].islower() and cased[dot + 1].isupper() and cased[dot + 2 : dot + 3].islower()


RULE = Rule(
    name="web",
    weight=2,
    label=_("Web address"),
    explanation=_("A web address, also one with its dots written out."),
    advice=_("This looks like a web address. Take it out; if others should read something, say what it is called."),
    find=find,
    catches=(
        "See https://shop.example/ketamine",
        "Go to www.shop.example",
        "cheapmeds.shop has it",
        "ketstore d0t c0m",
        "ketworld[.]com",
        "homeket(dot)store",
        "pills.to",
    ),
    leaves=(
        "It was great.The next day I slept.",
        "Section 1.2.3 of the leaflet; e.g. in my legs; i.e. not.",
        "I felt better.It was me.",
        "0.5 mg/kg. Net effect: none.",
        "ada (at) example dot org",
    ),
)
