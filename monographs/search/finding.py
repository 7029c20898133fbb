"""Looking through the index: by name first, then by section. Each step looks at a bounded number of rows."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db import connection
from django.utils import timezone

from monographs.folding import fold
from monographs.models import Edition, IndexedName, Passage
from monographs.search import indexing
from monographs.search.rows import TOP, topic_key

MOST_CANDIDATES = 500
"""Rows that are weighed. A word that more rows contain tells little about any of them."""

LONGEST_INDEXED = 5
MOST_SECTIONS = 2
"""Sections that are shown of one monograph."""

IN_FORCE = "JOIN monographs_listing AS listing ON listing.edition_id = host.edition_id"
NOW = "AND listing.begins <= %s AND listing.ends > %s"


@dataclass
class Place:
    """A monograph that was found: its edition in force, and for one found by its text the best passages of it."""

    edition_id: int
    passage_ids: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Found:
    """All Places, best first; `by_name` of them have the words in a name, and with `is_cut` there may be more.

    With `is_partial` they have some of the words, not all.
    """

    places: list[Place]
    by_name: int = 0
    is_cut: bool = False
    is_partial: bool = False


def find(query, topic=None):
    """Return what is Found for a query: monographs whose names have all words, then those whose text has them."""
    query = query.finished_if(_is_in_texts)
    by_name = _by_name(query, topic)
    by_text = _by_text(query, topic, besides=by_name)
    return Found(_gather(by_name, by_text), len(by_name), len(by_text) == MOST_CANDIDATES)


def find_apart(query, topic=None):
    """Return what is Found where no section has all words: monographs with most of them, wherever they stand.

    With `is_partial` none has all.
    """
    words_in, fits = defaultdict(set), defaultdict(float)
    is_cut = False
    for number, clause in enumerate(_anywhere(query)):
        rows = _look([clause], topic, "host.id, host.edition_id")
        is_cut |= len(rows) == MOST_CANDIDATES
        for passage_id, edition_id, fit in rows:
            words_in[edition_id].add(number)
            fits[passage_id, edition_id] += fit
    most = max(map(len, words_in.values()), default=0)
    rows = [(*keys, fit) for keys, fit in fits.items() if len(words_in[keys[1]]) == most]
    return Found(_gather({}, _best_first(rows)), 0, is_cut, is_partial=most < len(query.words))


def _gather(by_name, by_text):
    found = {}
    for passage_id, edition_id, _fit in by_text:
        place = found.setdefault(edition_id, Place(edition_id))
        if len(place.passage_ids) < MOST_SECTIONS:
            place.passage_ids.append(passage_id)
    return [*map(Place, by_name), *found.values()]


def _by_name(query, topic):
    """Return the keys of editions that have all words in names, in order: the same name first, then the best fit."""
    phrase = " ".join(query.words)
    same = IndexedName.objects.filter(folded__in={phrase, fold(query.text)}).exclude(kind=IndexedName.Kind.WORD)
    now = timezone.now()
    same = same.filter(edition__listing__begins__lte=now, edition__listing__ends__gt=now)
    if topic:
        same = same.filter(edition__filed_under=topic)
    ranks = {IndexedName.Kind.TITLE: 0, IndexedName.Kind.OTHER: 1, IndexedName.Kind.CODE: 1}
    order = {}
    for edition_id, kind in same.values_list("edition_id", "kind")[:MOST_CANDIDATES]:
        order[edition_id] = min(order.get(edition_id, (9,)), (ranks[kind],))
    named = _look([*query.in_names, (TOP,)], topic, "host.edition_id, listing.sort_title", are_rare=True)
    for edition_id, title, fit in named:
        order.setdefault(edition_id, (2 if title.startswith(phrase) else 3, fit, title))
    return dict.fromkeys(sorted(order, key=order.get))


def _by_text(query, topic, *, besides):
    """Return (passage, edition, fit) of passages with all words in them or in a name, `besides` those found by name.

    Of these editions one would have to look for a word in the text once more, beside looking for it anywhere.
    """
    clauses = query.in_text if len(query.words) == 1 else _anywhere(query)
    return _best_first(_look(clauses, topic, "host.id, host.edition_id", besides))


def _anywhere(query):
    """Return a clause for each word: in the text or in a name."""
    return [(*texts, *names) for texts, names in zip(query.in_text, query.in_names, strict=True)]


def _best_first(rows):
    return sorted(rows, key=lambda row: (row[2], row[0]))


def _look(clauses, topic, columns, besides=(), *, are_rare=False):
    if topic:
        clauses = [*clauses, (topic_key(topic.pk),)]
    now = now_parameter()
    where = f"{NOW} AND host.edition_id NOT IN ({', '.join(map(str, besides))})" if besides else NOW
    return indexing.passages().find(
        clauses,
        columns=columns,
        most=MOST_CANDIDATES,
        join=IN_FORCE,
        where=where,
        parameters=[now, now],
        are_rare=are_rare,
    )


def is_known(word, *, in_names):
    """Whether a name or a text in force, or a name alone, has the one word of a Query."""
    return _has(word.in_names[0] if in_names else _anywhere(word)[0])


def _is_in_texts(clause):
    # The databases index beginnings of fewer letters, and may look for these as they are.
    return max(map(len, clause)) > LONGEST_INDEXED and _has(clause)


def _has(clause):
    now = now_parameter()
    return indexing.passages().has([clause], join=IN_FORCE, where=NOW, parameters=[now, now])


def load(found):
    """Return [(edition, passages)] for Places, with what results show."""
    editions = Edition.objects.in_force().select_related("monograph", "listing").defer("sections", "references")
    editions = editions.order_by().in_bulk([place.edition_id for place in found])
    passages = Passage.objects.in_bulk([key for place in found for key in place.passage_ids])
    return [
        (editions[place.edition_id], [passages[key] for key in place.passage_ids if key in passages])
        for place in found
        if place.edition_id in editions
    ]


def now_parameter():
    """Return the present time as the database compares it."""
    return Edition._meta.get_field("public_from").get_db_prep_value(timezone.now(), connection)
