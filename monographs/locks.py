"""That two who do the same at once do it one after the other, where there is no row to lock."""

from django.db import connection


def one_at_a_time(*keys):
    """Wait until no other transaction holds one of these keys (hexadecimal, may be empty). Only in a transaction."""
    # SQLite lets one writer in at a time from the start of its transaction. PostgreSQL has to be asked to, so that
    # two threads cannot both look before either has stored.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for key in filter(None, keys):
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(key[:15], 16)])
