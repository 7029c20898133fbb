"""A second connection that sees the database as it stood at one moment, while others go on writing."""

from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections, transaction


@contextmanager
def snapshot():
    """Let this thread read the database in one transaction that neither waits nor makes others wait."""
    usual = connections[DEFAULT_DB_ALIAS]
    connection = usual.copy()
    if connection.vendor == "sqlite":
        connection.settings_dict["OPTIONS"]["transaction_mode"] = "DEFERRED"
    else:
        from psycopg import IsolationLevel

        connection.settings_dict.setdefault("OPTIONS", {})["isolation_level"] = IsolationLevel.REPEATABLE_READ
    connections[DEFAULT_DB_ALIAS] = connection
    try:
        with transaction.atomic():
            # Both databases fix the moment at the first read.
            connection.introspection.table_names()
            yield
    finally:
        connection.close()
        connections[DEFAULT_DB_ALIAS] = usual
