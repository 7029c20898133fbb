"""Finding monographs by their names and their text."""

import re
import unicodedata

from django.db.models import Case, IntegerField, Q, When

from monographs.models import Edition

MIN_LENGTH = 2
MAX_WORDS = 8


def fold(text):
    """Return text as it is compared in searches: lower case, without accents, single spaces."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(re.sub(r"[^\w\s.-]", " ", plain.replace("\x00", " ")).split())


def search(query):
    """Return the editions in force that contain every word of the query: by name first, then by text.

    Words match from any place in a word. An empty query finds nothing; words after the eighth are left out.
    """
    phrase = fold(query)
    words = phrase.split()[:MAX_WORDS]
    if not words:
        return Edition.objects.none()
    everywhere = Q()
    in_names = Q()
    for word in words:
        in_names &= Q(search_names__contains=word)
        everywhere &= Q(search_names__contains=word) | Q(search_text__contains=word)
    rank = Case(
        When(search_names__startswith=phrase, then=0),
        When(search_names__contains=phrase, then=1),
        When(in_names, then=2),
        default=3,
        output_field=IntegerField(),
    )
    return Edition.objects.in_force().filter(everywhere).annotate(rank=rank).order_by("rank", "title", "pk")
