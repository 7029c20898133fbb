"""Queries that Django writes once, and that PostgreSQL plans once on each connection.

Django needs longer to write the SQL of a queryset than a database needs to find a few rows by an index, and PostgreSQL
to choose the indexes than to use them. What every page asks is therefore written once for each kind of database, with
stand-ins for the values, and asked again and again with the values of the day. SQLite keeps its plans by itself.
"""

from copy import copy
from datetime import UTC, datetime
from typing import NamedTuple

from django.db import NotSupportedError, connection
from django.db.backends.signals import connection_created
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.dispatch import receiver

SOME_TIME = datetime(1900, 1, 1, 1, 1, 1, tzinfo=UTC)
SOME_WORD = "stand-in"
SOME_NUMBER = 190_010_101
"""Stand-ins, which nothing else in a query may equal."""


class Written(NamedTuple):
    """A query for one kind of database; a parameter is the name of a value, or None and what always stands there."""

    queryset: QuerySet
    compiler: SQLCompiler
    sql: str
    parameters: list[tuple[str | None, object]]

    def filled(self, values):
        """Return the parameters with these values among them."""
        values = {name: _for_database(value) for name, value in values.items()}
        return [values[name] if name else always for name, always in self.parameters]


class Prepared:
    """A queryset that `build(**values)` makes, and for each value the stand-in with which it is written."""

    def __init__(self, build, **stand_ins):
        self._build = build
        self._stand_ins = stand_ins
        self._written = {}

    def tuples(self, **values):
        """Return what `list(build(**values))` would, for a queryset with values_list()."""
        written = self._write()
        return list(written.compiler.results_iter([self._ask(written, values)], tuple_expected=True))

    def rows(self, **values):
        """Return what `list(build(**values))` would."""
        written = self._write()
        queryset = written.queryset.all()
        compiler = copy(written.compiler)
        compiler.execute_sql = lambda *args, **kwargs: [self._ask(written, values)]
        queryset.query.get_compiler = lambda *args, **kwargs: compiler
        return list(queryset)

    def _ask(self, written, values):
        parameters = written.filled(values)
        try:
            return _answer(written.sql, parameters)
        except NotSupportedError:
            # A migration gave a column another type, and no plan from before is right any more.
            if connection.in_atomic_block:
                raise
            connection.close()
            return _answer(written.sql, parameters)

    def _write(self):
        if connection.vendor not in self._written:
            queryset = self._build(**self._stand_ins)
            compiler = queryset.query.get_compiler(connection=connection)
            sql, parameters = compiler.as_sql()
            # They follow from the columns, and to collect them takes longer than to use them.
            converters = compiler.get_converters([column for column, *_ in compiler.select])
            compiler.get_converters = lambda columns: converters
            names = {_for_database(stand_in): name for name, stand_in in self._stand_ins.items()}
            parameters = [(names.get(value), value) for value in parameters]
            if missing := set(self._stand_ins) - {name for name, _always in parameters}:
                raise LookupError(f"{', '.join(sorted(missing))} would have no effect on {self._build.__name__}.")
            self._written[connection.vendor] = Written(queryset, compiler, sql, parameters)
        return self._written[connection.vendor]


def _answer(sql, parameters):
    with connection.cursor() as cursor:
        # A log of queries shows what was asked only where values are sent within.
        if connection.vendor == "postgresql" and not connection.queries_logged:
            cursor.cursor = _apart(connection.connection)
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def _apart(psycopg_connection):
    """Return a cursor that sends values apart from the query, whose text then is the same each time."""
    from django.db.backends.postgresql.base import ServerBindingCursor

    return ServerBindingCursor(psycopg_connection)


@receiver(connection_created)
def _keep_plans(sender, connection, **kwargs):
    """Let PostgreSQL keep plans, unless a pooler stands before it, which may give each query another connection.

    A pooler has process numbers of its own: the one that the connection was given is not that of who answers.
    """
    if connection.vendor == "postgresql":
        with connection.connection.cursor() as cursor:
            (answering,) = cursor.execute("SELECT pg_backend_pid()").fetchone()
            if answering == connection.connection.info.backend_pid:
                connection.connection.prepare_threshold = 0
                # Left to itself it plans anew each time where tables are large, to no other end.
                cursor.execute("SET plan_cache_mode = force_generic_plan")


def _for_database(value):
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
