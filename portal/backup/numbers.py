"""The last number that each table has given to a row, deleted rows included.

Authors' links are signed numbers of reviews. A restored site must not give a number out again that was given to a row
after the archive was made, or an old link would open somebody else's review.
"""

from django.db import connection, models

SKIPPED = 10_000
"""More rows than a table gets between an archive and the day on which it is needed."""


def last_of(tables):
    """Return {label: number} of the tables that number their rows."""
    numbered = {label: model for label, model in tables.items() if _is_numbered(model)}
    with connection.cursor() as cursor:
        return {label: _last(cursor, model) for label, model in numbered.items()}


def go_on_after(tables, numbers):
    """Let the tables number new rows from beyond these numbers."""
    with connection.cursor() as cursor:
        for label, model in tables.items():
            if _is_numbered(model):
                _set(cursor, model, numbers.get(label, 0) + SKIPPED)


def _is_numbered(model):
    return isinstance(model._meta.pk, models.AutoField)


def _last(cursor, model):
    if connection.vendor == "sqlite":
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
        row = cursor.fetchone()
        return row[0] if row else 0
    cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", _column(model))
    [sequence] = cursor.fetchone()
    cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")  # noqa: S608  (a name)
    return cursor.fetchone()[0]


def _set(cursor, model, number):
    if connection.vendor == "sqlite":
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [model._meta.db_table, number])
    else:
        cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [*_column(model), number])


def _column(model):
    return [connection.ops.quote_name(model._meta.db_table), model._meta.pk.column]
