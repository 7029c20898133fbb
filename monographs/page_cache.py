"""Keeps finished monograph pages under keys made of what they show, so that a kept page is never stale.

A page shows one edition, how many there are, which monographs stand beside it, and what other apps add below it. Each
such app registers the one-to-one relation of Monograph that holds its `revision`, a number that moves with everything
readers see change. One query reads all of it; nothing expires and nothing has to be purged.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from math import inf

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import get_language

from monographs.due_dates import beginning_of, due_on
from monographs.in_memory import key_of
from monographs.models import Edition
from monographs.neighbours import CATALOGUE, catalogue
from monographs.page_frame import FRAMES
from monographs.prepared import SOME_TIME, SOME_WORD, Prepared
from monographs.release import release_key

KEEP = "page.keep"
UNTIL_COMMIT = "until the next commit"
"""What KEEP is for a page without a stamp (monographs.public_pages)."""

KEPT_FOR = 86_400
"""Seconds until a page is let go of that nobody asks for under its key any more; until then it is right."""

# A primary key may come again after a database was restored; text and time of rendering do not.
SHOWN = ("pk", "digest", "rendered_at", "public_from", "withdrawal__at", "is_substantive", "monograph__slug")
SHOWN += ("standing__signature_id", "standing__review_id", "standing__checked_at", "monograph__review_interval")
"""What a page depends on besides other monographs, other apps, the release and the clock."""

HISTORY = ("edition_count", "substantive_since")
"""What `with_history` tells."""

FRAMED = ("subtitle", "other_names", "summary", "topics", "picture", *Edition.HEAVY, "credits", "note")
"""What only frames show of an edition."""

_relations = []


def show_on_page(relation):
    """Declare that monograph pages show what `relation`, a one-to-one relation of Monograph, holds."""
    if relation not in _relations:
        _relations.append(relation)


@dataclass(frozen=True)
class Keep:
    """How the server finds out whether a page that it keeps is right: until when at most, and by its key now.

    Without `key_now` it is not after anybody has committed.
    """

    key: str
    until: float
    key_now: Callable[[], str | None] | None = None


def may_be_kept(request, stamp, slug):
    """Declare to the server that this page changes with the database and the clock only, and only with its stamp."""

    def key_now():
        now = stamp_of(slug)
        return None if now is None or now.is_withdrawn else now.key

    # A word in the query means nothing to this page, and there are endless such words.
    if not request.META["QUERY_STRING"]:
        request.META[KEEP] = Keep(stamp.key, stamp.until, key_now)


@dataclass(frozen=True)
class Stamp:
    """What a monograph page shows now: which edition, of how many, and everything as one key.

    `frame_key` stands for all of it but what other apps add, `shown` is what a row of the edition must say for the
    frame to be right, as {name of SHOWN: value}. `until` is when the next scheduled edition of any monograph comes
    into force or the review becomes overdue, whichever is first, in seconds since 1970.
    """

    edition_id: int
    edition_count: int
    is_withdrawn: bool
    substantive_since: datetime | None
    shown: dict
    frame_key: str
    key: str
    until: float

    def edition(self):
        """Load the edition with everything that the page needs of the monograph, in one query."""
        editions = Edition.objects.with_clinical_review().select_related("withdrawal", "listing", *_related())
        return editions.get(pk=self.edition_id)

    def edition_for_parts(self):
        """Load what the parts that other apps add need of the edition and the monograph, in one query."""
        editions = Edition.objects.select_related("monograph", *_related()).defer(*FRAMED)
        return editions.get(pk=self.edition_id)

    def frame(self):
        """Return the Frame that is kept of this page, or None."""
        return FRAMES.get(self.frame_key)

    def keep_frame(self, frame, edition):
        """Keep a Frame made of this edition, unless it was loaded after what the stamp knows had changed."""
        if {name: _follow(edition, name) for name in self.shown} == self.shown:
            FRAMES.keep(self.frame_key, frame)

    def page(self, render):
        """Return the kept page as bytes, or keep and return what `render()` makes."""
        page = cache.get(self.key)
        if page is None:
            page = render()
            cache.set(self.key, page, timeout=KEPT_FOR)
        return page


def stamp_of(slug):
    """Return the Stamp of the monograph at this address, or None when readers can see no edition of it."""
    now = timezone.now()
    revisions = _revisions()
    found = NEWEST.tuples(slug=slug, now=now)
    if not found:
        return None
    newest = dict(zip((*SHOWN, *revisions, *CATALOGUE, *HISTORY), found[0], strict=True))
    edition_count, substantive_since = [newest.pop(name) for name in HISTORY]
    to_come = [newest["next_change"].timestamp() if newest["next_change"] else inf]
    times = [newest["public_from"], newest["standing__checked_at"]]
    overdue_from = beginning_of(due_on(*times, months=newest["monograph__review_interval"]))
    if overdue_from > now:
        to_come.append(overdue_from.timestamp())
    revised = [newest.pop(name) for name in revisions]
    described = [release_key(), get_language(), newest, edition_count, substantive_since, overdue_from > now]
    return Stamp(
        edition_id=newest["pk"],
        edition_count=edition_count,
        is_withdrawn=newest["withdrawal__at"] is not None,
        substantive_since=substantive_since,
        shown={name: newest[name] for name in SHOWN},
        frame_key=key_of(*described),
        key=f"monograph-{key_of(*described, revised)}",
        until=min(to_come),
    )


def _newest(slug, now):
    public = Edition.objects.public(now).filter(monograph__slug=slug).order_by("-number")
    shown = public.with_history(now).annotate(**catalogue(now))
    return shown.values_list(*SHOWN, *_revisions(), *CATALOGUE, *HISTORY)[:1]


NEWEST = Prepared(_newest, slug=SOME_WORD, now=SOME_TIME)


def _revisions():
    return [f"{relation}__revision" for relation in _related()]


def _related():
    return [f"monograph__{relation}" for relation in _relations]


def _follow(row, name):
    """Return what `values(name)` would say of a row that is loaded; None beyond a related row that is missing."""
    for step in name.split("__"):
        row = getattr(row, step, None)
    return row
