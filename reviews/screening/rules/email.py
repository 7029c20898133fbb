"""E-mail addresses, also written out."""

from django.utils.translation import gettext_lazy as _

from reviews.screening.rule import Rule

AT = r" ?(?:@|[(\[{<]? ?(?<![\w])at(?![\w]) ?[)\]}>]?) ?"
DOT = r"(?:\.| ?[(\[{<] ?(?:dot|\.) ?[)\]}>] ?| dot | \. )"
HOSTS = (
    r"g ?mail|googlemail|proton(?:mail)?|tuta(?:nota)?|hotmail|yahoo|outlook|icloud|yandex|mail\.ru|gmx|aol|live\.com"
)

import re  # noqa: E402

_PLAIN = re.compile(rf"(?<![\w.+-])[\w.+-]{{1,64}} ?@ ?[\w-]{{1,63}}(?:{DOT}[\w-]{{1,63}}){{1,4}}")
_BRACKETED = re.compile(
    rf"(?<![\w.+-])[\w.+-]{{1,64}} ?[(\[{{<] ?(?:at|@) ?[)\]}}>] ?[\w-]{{1,63}}(?:{DOT}| )[\w-]{{2,63}}"
)
_SPOKEN = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64} at [\w-]{1,63} dot (?:com|net|org|co|me|ch|de|io|ru|eu|uk|info|shop|store|example)\b"
)
_HOST = re.compile(
    rf"(?<![\w.+-])[\w.+-]{{2,64}}(?:(?: at |@| @ )(?:{HOSTS})\b| (?:{HOSTS})(?:{DOT}| )(?:com|ch|me|de|net|org|ru)"
    rf"\b| (?:g ?mail|protonmail|hotmail)\b)"
)


def find(reading):
    """Find addresses with their signs, in brackets, in words, or by the name of a well-known host."""
    end = 0
    for found in (_PLAIN, _BRACKETED, _SPOKEN, _HOST):
        for match in found.finditer(reading.plain):
            if match.start() >= end or found is _PLAIN:
                end = max(end, match.end())
                yield match.span()


RULE = Rule(
    name="email",
    weight=2,
    label=_("E-mail address"),
    explanation=_("An e-mail address, also one that is written out in words."),
    advice=_("This looks like an e-mail address. Take it out: nobody should be contacted because of a review."),
    find=find,
    catches=(
        "Write to ada.lovelace@example.org for more.",
        "ada (at) example (dot) org",
        "ada at example dot org",
        "ketking at g m a i l",
        "sales @ rx . store",
        "ａｄａ＠ｅｘａｍｐｌｅ．ｏｒｇ",
    ),
    leaves=("I was at home.", "We met at a dot on the map.", "I take it @ night."),
)
