"""Names that somebody may be about to type."""

from dataclasses import dataclass

from django.db import connection

from monographs.folding import fold
from monographs.models import Edition, IndexedName
from monographs.search import finding, indexing
from monographs.search.backends import backend
from monographs.search.rows import TOP

MOST = 8
MOST_ROWS = 40
LAST = "\U0010ffff"


@dataclass(frozen=True)
class Suggestion:
    """A name that begins as typed, and the edition in force that it belongs to."""

    name: str
    edition: Edition

    @property
    def is_title(self):
        return self.name == self.edition.title


def suggest(query):
    """Return up to eight Suggestions: names that begin with what was typed, then names with a word that does."""
    found = _that_begin(fold(query.text))
    if len(found) < MOST:
        clauses = [*query.in_names, (TOP,)]
        now = finding.now_parameter()
        rows = indexing.passages().find(
            clauses,
            columns="host.edition_id",
            most=MOST_ROWS,
            join=finding.IN_FORCE,
            where=finding.NOW,
            parameters=[now, now],
            are_rare=True,
        )
        for edition_id, _fit in sorted(rows, key=lambda row: (row[1], row[0])):
            found.setdefault(edition_id, "")
    keys = list(found)[:MOST]
    editions = Edition.objects.in_force().for_lists().order_by().in_bulk(keys)
    return [Suggestion(found[key] or editions[key].title, editions[key]) for key in keys if key in editions]


def _that_begin(beginning):
    """Return {edition id: name} for names that begin so: titles first, then other names, each in order."""
    folded = backend().in_byte_order("host.folded")
    now = finding.now_parameter()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT host.edition_id, host.name, host.kind FROM {indexing.NAMES} AS host {finding.IN_FORCE} "
            f"WHERE {folded} >= %s AND {folded} < %s AND host.kind <> %s {finding.NOW} "
            f"ORDER BY {folded}, host.id LIMIT %s",
            [beginning, beginning + LAST, IndexedName.Kind.WORD, now, now, MOST_ROWS],
        )
        rows = sorted(cursor, key=lambda row: row[2] != IndexedName.Kind.TITLE)
    names = {}
    for edition_id, name, _kind in rows:
        names.setdefault(edition_id, name)
    return names
