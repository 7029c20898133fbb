"""Lets a replica of the database answer readers, and only while it has all that the primary has committed.

What is public must follow the last decision at once, and a replica lags. So for each page the primary says how far its
log reaches, which reads no table, and the replica whether it has replayed that much. If so, the view reads from the
replica; else, and whenever the replica fails, from the primary. Whoever has just written reads what they wrote.

REPLICA_URL must lead to one server: behind a proxy that spreads queries, one replica would answer for another.
"""

import logging
import time

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections

from portal.metrics import REPLICA

logger = logging.getLogger("portal.replica")

ALIAS = "replica"
PAUSE = 5
"""Seconds after which a replica that did not answer is tried again."""

PAGES = frozenset(
    "front_page feed monograph_feed sitemap sitemap_part monographs monograph editions edition edition_changes "
    "edition_cite edition_format monograph_format share_picture topics topic search search_suggest reviews review "
    "review_fairness review_fairness_csv".split()
)
"""Names of addresses that show what is public, and the same to everybody; with them those of the API."""

REPLAYED = "pg_last_wal_replay_lsn()"


class OtherDatabase(Exception):
    """REPLICA_URL leads to a database that is no copy of the primary."""


class ReadersFromReplica:
    """Middleware, the last one: the view sees the replica in place of the primary, as if there were no other."""

    away_until = None

    def __init__(self, get_response):
        if ALIAS not in settings.DATABASES:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, arguments, named):
        """Return the replica's answer, or None: then Django asks the primary."""
        if not is_for_readers(request):
            return None
        answered_by, response = self._find(), None
        if answered_by == "replica":
            usual = connections[DEFAULT_DB_ALIAS]
            connections[DEFAULT_DB_ALIAS] = connections[ALIAS]
            try:
                response = view(request, *arguments, **named)
            except DatabaseError:
                # It went away, or had to drop rows that were being read; if the fault is ours, the primary says so.
                connections[ALIAS].close()
                answered_by = "primary_failed"
            finally:
                connections[DEFAULT_DB_ALIAS] = usual
        REPLICA.labels(answered_by).inc()
        return response

    def _find(self):
        """Return who answers with all that is committed now, and why."""
        cls = type(self)
        until = cls.away_until
        was_away = until is not None
        if was_away and time.monotonic() < until:
            return "primary_failed"
        position = written()
        try:
            missing = lag(position)
        except (DatabaseError, OtherDatabase) as error:
            if not was_away:
                logger.error("The replica does not answer: the primary does (%s).", type(error).__name__)
            cls.away_until = time.monotonic() + PAUSE
            return "primary_failed"
        if was_away:
            logger.warning("The replica answers again.")
            cls.away_until = None
        return "primary_behind" if missing else "replica"


def is_for_readers(request):
    """Whether a request, whose address has been resolved, is for what everybody may see, by nobody in particular."""
    return (
        request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and (request.resolver_match.view_name in PAGES or request.resolver_match.namespaces == ["api"])
    )


def written():
    """Return the place up to which the primary has written its log; everything that is committed stands before it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_insert_lsn()")
        return cursor.fetchone()[0]


def lag(position):
    """Return how many bytes up to this place of the primary's log the replica has not replayed.

    Raises DatabaseError when it does not answer, and OtherDatabase when it is no replica of the primary.
    """
    replica = connections[ALIAS]
    is_new = replica.connection is None
    try:
        if is_new and _identity(replica) != _identity(connection):
            raise OtherDatabase
        with replica.cursor() as cursor:
            cursor.execute(f"SELECT pg_wal_lsn_diff(%s, {REPLAYED})", [position])
            [missing] = cursor.fetchone()
        if missing is None:
            raise OtherDatabase  # it replays nobody's log
    except (DatabaseError, OtherDatabase):
        replica.close()
        raise
    return max(0, int(missing))


def _identity(database):
    with database.cursor() as cursor:
        cursor.execute("SELECT system_identifier, current_database() FROM pg_control_system()")
        return cursor.fetchone()
