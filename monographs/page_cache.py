"""Keeps finished monograph pages under keys made of what they show, so that a kept page is never stale.

A page shows one edition, how many there are, which monographs stand beside it, and what other apps add below it. Each
such app registers the one-to-one relation of Monograph that holds its `revision`, a number that moves with everything
readers see change. One query reads all of it; nothing expires and nothing has to be purged.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from math import inf

from django.core.cache import cache
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.translation import get_language

from monographs.due_dates import beginning_of, due_on
from monographs.models import Edition, PageFrame
from monographs.neighbours import CATALOGUE, catalogue
from monographs.page_frame import Frame, make_frame
from monographs.prepared import SOME_NUMBER, SOME_TIME, SOME_WORD, Prepared
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

FRAMED = ("subtitle", "other_names", "summary", "picture", *Edition.HEAVY, "credits", "note")
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
    """What a monograph page shows at a time: which edition, of how many, and everything as one key.

    `frame_key` stands for all of it but what other apps and other monographs add, `shown` is what a row of the edition
    must say for the frame to be right, as {name of SHOWN: value}. `until` is when the next scheduled edition of any
    monograph comes into force or the review becomes overdue, whichever is first, in seconds since 1970.
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

    def shows(self, edition):
        """Whether an edition, loaded by `edition()`, still says what the stamp knows of it."""
        return {name: _follow(edition, name) for name in self.shown} == self.shown

    def make_frame(self, edition):
        """Return the Frame of the page of an edition that `edition()` loaded."""
        return make_frame(edition, edition_count=self.edition_count, substantive_since=self.substantive_since)

    def stored_frame(self):
        """Return (Frame, edition with what the parts of the page need), or None when no right one is stored."""
        found = FRAME.rows(edition=self.edition_id, key=self.frame_key)
        return (Frame.stored(found[0].frame), found[0].edition) if found else None

    def page(self, render):
        """Return the kept page as bytes, or keep and return what `render()` makes."""
        page = cache.get(self.key)
        if page is None:
            page = render()
            cache.set(self.key, page, timeout=KEPT_FOR)
        return page


def stamp_of(slug, at=None):
    """Return the Stamp of the monograph at this address, now or `at` a time to come.

    None when readers can see no edition of it.
    """
    now = at or timezone.now()
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
    shown = {name: newest[name] for name in SHOWN}
    beside = [newest[name] for name in (*revisions, *CATALOGUE)]
    site = [release_key(), get_language(), get_script_prefix()]
    described = [*site, shown, edition_count, substantive_since, overdue_from > now]
    return Stamp(
        edition_id=newest["pk"],
        edition_count=edition_count,
        is_withdrawn=newest["withdrawal__at"] is not None,
        substantive_since=substantive_since,
        shown=shown,
        frame_key=_key_of(*described),
        key=f"monograph-{_key_of(*described, *beside)}",
        until=min(to_come),
    )


def _newest(slug, now):
    public = Edition.objects.public(now).filter(monograph__slug=slug).order_by("-number")
    shown = public.with_history(now).annotate(**catalogue(now))
    return shown.values_list(*SHOWN, *_revisions(), *CATALOGUE, *HISTORY)[:1]


NEWEST = Prepared(_newest, slug=SOME_WORD, now=SOME_TIME)


def _frame(edition, key):
    framed = [f"edition__{name}" for name in FRAMED]
    related = ["edition__monograph", *(f"edition__{relation}" for relation in _related())]
    return PageFrame.objects.filter(pk=edition, key=key).select_related(*related).defer(*framed)


FRAME = Prepared(_frame, edition=SOME_NUMBER, key=SOME_WORD)


def _revisions():
    return [f"{relation}__revision" for relation in _related()]


def _related():
    return [f"monograph__{relation}" for relation in _relations]


def _follow(row, name):
    """Return what `values(name)` would say of a row that is loaded; None beyond a related row that is missing."""
    for step in name.split("__"):
        row = getattr(row, step, None)
    return row


def _key_of(*values):
    """Return a short key of values whose `repr` says all about them."""
    return hashlib.sha256(repr(values).encode("utf-8", "surrogatepass")).hexdigest()[:32]
