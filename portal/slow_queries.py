"""Logs queries that take longer than SLOW_QUERY_MS: their SQL, never their values."""

import logging
import time

from django.conf import settings
from django.db.backends.signals import connection_created

logger = logging.getLogger("portal.queries")


def watch():
    """Watch every connection from now on, if the setting asks for it."""
    if settings.SLOW_QUERY_MS:
        connection_created.connect(_watch_connection, dispatch_uid="portal.slow_queries")


def _watch_connection(connection, **kwargs):
    if _log_slow not in connection.execute_wrappers:
        connection.execute_wrappers.append(_log_slow)


def _log_slow(execute, sql, params, many, context):
    started = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        milliseconds = round((time.perf_counter() - started) * 1000, 1)
        if milliseconds >= settings.SLOW_QUERY_MS:
            fields = {"milliseconds": milliseconds, "sql": str(sql)[:2000]}
            logger.warning("%(milliseconds)s ms: %(sql)s", fields, extra={"fields": fields})
