"""Keeps finished monograph pages under keys made of what they show, so that a kept page is never stale.

A page shows one edition, how many there are, and what other apps add below it. Each such app registers the
one-to-one relation of Monograph that holds its `revision`, a number that moves with everything readers see change.
One query reads all of it; nothing expires and nothing has to be purged.
"""

import hashlib
from dataclasses import dataclass
from math import inf

from django.core.cache import cache
from django.utils import timezone

from monographs.models import Edition

KEEP_UNTIL = "page.keep_until"

_relations = []


def show_on_page(relation):
    """Declare that monograph pages show what `relation`, a one-to-one relation of Monograph, holds."""
    if relation not in _relations:
        _relations.append(relation)


def may_be_kept(request, *, until):
    """Declare to the server that this page changes with the database only, or at `until` (seconds since 1970)."""
    request.META[KEEP_UNTIL] = until


@dataclass(frozen=True)
class Stamp:
    """What a monograph page shows now: which edition, of how many, and everything as one key.

    `until` is when the next scheduled edition comes into force, in seconds since 1970.
    """

    edition_id: int
    edition_count: int
    key: str
    until: float

    def edition(self):
        """Load the edition with everything that the page needs of the monograph, in one query."""
        related = [f"monograph__{relation}" for relation in _relations]
        return Edition.objects.select_related("monograph", *related).get(pk=self.edition_id)

    def page(self, render):
        """Return the kept page as bytes, or keep and return what `render()` makes."""
        page = cache.get(self.key)
        if page is None:
            page = render()
            cache.set(self.key, page, timeout=None)
        return page


def stamp_of(slug):
    """Return the Stamp of the monograph at this address, or None when readers can see no edition of it."""
    now = timezone.now()
    revisions = [f"monograph__{relation}__revision" for relation in _relations]
    # A primary key may come again after a database was restored; text and time of rendering do not.
    columns = ["public_from", "pk", "digest", "rendered_at", *revisions]
    rows = Edition.objects.filter(monograph__slug=slug).order_by("-number").values_list(*columns)
    public, to_come = [], [inf]
    for row in rows:
        if row[0] <= now:
            public.append(row)
        else:
            to_come.append(row[0].timestamp())
    if not public:
        return None
    shown = repr((public[0], len(public)))
    key = f"monograph-{hashlib.sha256(shown.encode()).hexdigest()[:32]}"
    return Stamp(public[0][1], len(public), key, min(to_come))
