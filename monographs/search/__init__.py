"""Finding monographs by their names and their text, on SQLite and PostgreSQL alike.

`refresh` keeps the index in line with what is published and withdrawn, `rebuild` makes it anew, `search` and `suggest`
ask it. Other apps add what they have to the search page with `search_also`.
"""

from monographs.search.indexing import differences, index, is_empty, rebuild, refresh, remove, size
from monographs.search.offers import Offer, offered, offers, search_also
from monographs.search.results import search
from monographs.search.suggesting import suggest
from monographs.search.words import MIN_LENGTH, Query

__all__ = [
    "MIN_LENGTH",
    "Offer",
    "Query",
    "differences",
    "index",
    "is_empty",
    "offered",
    "offers",
    "rebuild",
    "refresh",
    "remove",
    "search",
    "search_also",
    "size",
    "suggest",
]
