"""Finding monographs by their names and their text, on SQLite and PostgreSQL alike.

`refresh` keeps the index in line with what is published and withdrawn, `search` and `suggest` ask it. Other apps add
what they have to the search page with `search_also`; `rebuild` makes all indexes anew.
"""

from monographs.search.indexing import index, refresh, remove
from monographs.search.offers import (
    Offer,
    differences,
    empty,
    offered,
    offers,
    rebuild,
    rebuild_empty,
    search_also,
    size,
)
from monographs.search.results import search
from monographs.search.suggesting import suggest
from monographs.search.words import MIN_LENGTH, Query

__all__ = [
    "MIN_LENGTH",
    "Offer",
    "Query",
    "differences",
    "empty",
    "index",
    "offered",
    "offers",
    "rebuild",
    "rebuild_empty",
    "refresh",
    "remove",
    "search",
    "search_also",
    "size",
    "suggest",
]
