"""Keeping the index. It holds the editions that are in force or will be; the clock says which of them readers find."""

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from monographs.models import Edition, IndexedName, Listing, Monograph, Passage
from monographs.search.backends import backend
from monographs.search.rows import names_of, rows_of

AT_ONCE = 100

WEIGHTS = {"names": 8, "heading": 4, "text": 1, "keys": 0}
PASSAGES = "monographs_passage"
NAMES = "monographs_indexedname"
WORKING_COPIES = "monographs_monograph"


def passages():
    """Return the index of the words of passages."""
    return backend().WordIndex(PASSAGES, "id", WEIGHTS)


def names():
    """Return the index for names that are written alike."""
    return backend().LikenessIndex(NAMES, "id", "folded")


def titles():
    """Return the index of the titles, names and addresses of working copies, for the staff's lists."""
    return backend().PartIndex(WORKING_COPIES, "id", "title", "other_names", "slug")


def create():
    """Make the parts of the index that Django's models do not show, where they are missing."""
    passages().create()
    names().create()


def drop():
    """Take them away."""
    passages().drop()
    names().drop()


def refresh(monographs):
    """Bring the index in line with the listings of monographs, in the transaction that changed those."""
    wanted = _to_be_found().filter(monograph__in=monographs)
    stale = Edition.objects.filter(monograph__in=monographs).exclude(pk__in=wanted.values("pk"))
    remove(stale)
    held = Passage.objects.filter(edition__in=wanted.values("pk")).values("edition")
    index(wanted.exclude(pk__in=held))


def index(editions):
    """Put a queryset of editions into the index, in place of what it holds of them."""
    editions = list(editions.defer("references").prefetch_related("filings"))
    remove([edition.pk for edition in editions])
    rows = [row for edition in editions for row in rows_of(edition, _topics_of(edition))]
    stored = Passage.objects.bulk_create(row.passage for row in rows)
    passages().put({passage.pk: row.words for passage, row in zip(stored, rows, strict=True)})
    IndexedName.objects.bulk_create(name for edition in editions for name in names_of(edition))


def remove(editions):
    """Take editions out of the index."""
    for model in (Passage, IndexedName):
        model.objects.filter(edition__in=editions).delete()


def rebuild():
    """Make the index anew, some editions at a time so that nobody waits; yield after each edition."""
    create()
    titles().create()
    wanted = _to_be_found()
    keys = list(wanted.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        with transaction.atomic():
            # What is published or withdrawn meanwhile waits, and then brings the index in line itself.
            some = wanted.filter(pk__in=keys[start : start + AT_ONCE])
            list(Monograph.objects.select_for_update().filter(editions__in=some).order_by("pk").values("pk"))
            index(some)
        yield from keys[start : start + AT_ONCE]
    with transaction.atomic():
        remove(Edition.objects.exclude(pk__in=_to_be_found().values("pk")))
    passages().tidy()
    names().tidy()


def size():
    """Return how many editions the index should hold."""
    return _to_be_found().count()


def is_empty():
    """Whether the index holds nothing although it should."""
    return not Passage.objects.exists() and _to_be_found().exists()


def differences():
    """Yield for each edition None, or a sentence if the index does not hold it as it should; and one for the index."""
    for edition in _to_be_found().prefetch_related("filings").iterator(chunk_size=AT_ONCE):
        is_held = _holds(edition)
        yield None if is_held else f"{edition}: the search does not find it as it is; run manage.py rebuild_search."
    for index, told in ((names(), "names"), (titles(), "titles")):
        try:
            if not index.is_sound():
                yield f"The index of {told} does not agree with its table; run manage.py rebuild_search."
        except DatabaseError as error:
            yield f"The index of {told}: whether it agrees with its table cannot be seen ({error})."


def _holds(edition):
    rows = rows_of(edition, _topics_of(edition))
    stored = {passage.anchor: passage for passage in Passage.objects.filter(edition=edition)}
    wanted = {row.passage.anchor: row for row in rows}
    if {(each.anchor, each.heading, each.text) for each in stored.values()} != {
        (each.passage.anchor, each.passage.heading, each.passage.text) for each in rows
    }:
        return False
    if passages().differing({stored[anchor].pk: row.words for anchor, row in wanted.items()}):
        return False
    stored_names = set(IndexedName.objects.filter(edition=edition).values_list("kind", "name", "folded"))
    return stored_names == {(each.kind, each.name, each.folded) for each in names_of(edition)}


def _to_be_found():
    """Return the editions that are in force or will come into force."""
    current = Listing.objects.filter(ends__gt=timezone.now()).filter(ends__gt=F("begins"))
    return Edition.objects.filter(pk__in=current.values("pk"))


def _topics_of(edition):
    return [filing.topic_id for filing in edition.filings.all()]
