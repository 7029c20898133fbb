"""Words and names on SQLite: FTS5 tables beside the tables that they index. Triggers keep them from outliving a row."""

from django.db import DatabaseError, connection

HIGHEST = 2**63 - 1

UNSOUND = ("SQLITE_CORRUPT", "SQLITE_ERROR")
"""Beginnings of the names of errors that an index damaged, or gone, leads to."""

PAGES_AT_ONCE = 500
"""Pages of an index that are written before others may write."""


class WordIndex:
    """The words of the rows of a table, in columns: `weights` says how much a hit in each counts.

    `key` is the primary key of the table.
    """

    def __init__(self, table, key, weights):
        self.table, self.key, self.weights = table, key, weights
        self.words = f"{table}_words"
        self.columns = ", ".join(weights)

    def create(self):
        """Make what is missing."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS {self.words} USING fts5({self.columns}, "
                """tokenize="unicode61 remove_diacritics 2 tokenchars '_'", prefix="3 4 5")"""
            )
            cursor.execute(
                f"CREATE TRIGGER IF NOT EXISTS {self.words}_deleted AFTER DELETE ON {self.table} BEGIN "
                f"DELETE FROM {self.words} WHERE rowid = old.{self.key}; END"
            )

    def drop(self):
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TRIGGER IF EXISTS {self.words}_deleted")
            cursor.execute(f"DROP TABLE IF EXISTS {self.words}")

    def put(self, rows):
        """Store the words of rows, given as {key: {column: the forms of each word}}, in place of what was stored."""
        marks = ", ".join(["%s"] * (len(self.weights) + 1))
        with connection.cursor() as cursor:
            cursor.executemany(f"DELETE FROM {self.words} WHERE rowid = %s", [[key] for key in rows])
            cursor.executemany(
                f"INSERT INTO {self.words} (rowid, {self.columns}) VALUES ({marks})",
                [[key, *self._stored(columns)] for key, columns in rows.items()],
            )

    def differing(self, rows):
        """Return the keys of those rows, given as for `put`, whose words are not the stored ones."""
        marks = ", ".join(["%s"] * len(rows))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT rowid, {self.columns} FROM {self.words} WHERE rowid IN ({marks})", list(rows))
            stored = {key: columns for key, *columns in cursor}
        return [key for key, columns in rows.items() if stored.get(key) != self._stored(columns)]

    def find(self, clauses, *, columns, most, join="", where="", parameters=(), are_rare=False):
        """Return `columns` of at most `most` rows, called `host` in SQL, each with how well it fits: less is better.

        FTS5 is as quick whether words `are_rare` or not: it stops when it has so many.
        """
        weights = ", ".join(str(weight) for weight in self.weights.values())
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {columns}, bm25({self.words}, {weights}) FROM {self._joined(join)} "
                f"WHERE {self.words} MATCH %s {where} LIMIT %s",
                [_expression(clauses), *parameters, most],
            )
            return cursor.fetchall()

    def newest(self, clauses, *, before=None, most, join="", where="", parameters=()):
        """Return the keys of at most `most` rows, the highest first, from below the key `before`."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {self.words}.rowid FROM {self._joined(join)} "
                f"WHERE {self.words} MATCH %s AND {self.words}.rowid < %s {where} "
                f"ORDER BY {self.words}.rowid DESC LIMIT %s",
                [_expression(clauses), HIGHEST if before is None else before, *parameters, most],
            )
            return [key for (key,) in cursor]

    def has(self, clauses, *, join="", where="", parameters=()):
        """Return whether there is such a row; it is not weighed, which saves looking at all that have the words."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT 1 FROM {self._joined(join)} WHERE {self.words} MATCH %s {where} LIMIT 1",
                [_expression(clauses), *parameters],
            )
            return cursor.fetchone() is not None

    def tidy(self):
        """Bring the index into its best shape, after it was filled, in steps so that who writes need not wait."""
        merge = f"INSERT INTO {self.words} ({self.words}, rank) VALUES ('merge', %s)"
        with connection.cursor() as cursor:
            # The first, below zero, says that all is to become one; each does so much, and the last has nothing to do.
            cursor.execute(merge, [-PAGES_AT_ONCE])
            while self._changes(cursor, merge) > 1:
                pass

    def _changes(self, cursor, merge):
        before = connection.connection.total_changes
        cursor.execute(merge, [PAGES_AT_ONCE])
        return connection.connection.total_changes - before

    def _joined(self, join):
        # A CROSS JOIN keeps this order. The planner would else look for the words in each row that meets a condition.
        join = join.replace("JOIN ", "CROSS JOIN ")
        return f"{self.words} CROSS JOIN {self.table} AS host ON host.{self.key} = {self.words}.rowid {join}"

    def _stored(self, columns):
        return [" ".join(" ".join(forms) for forms in columns.get(name, ())) for name in self.weights]


class _Trigrams:
    """Every three letters that stand side by side in columns of a table."""

    def __init__(self, table, key, *columns):
        self.table, self.key = table, key
        self.names = columns
        self.columns = ", ".join(columns)
        self.trigrams = f"{table}_trigrams"

    def create(self):
        """Make what is missing, and fill it: a trigger that took away what is not there would damage the index."""
        old, new = (", ".join(f"{row}.{name}" for name in self.names) for row in ("old", "new"))
        put = f"INSERT INTO {self.trigrams} (rowid, {self.columns}) VALUES (new.{self.key}, {new});"
        take = (
            f"INSERT INTO {self.trigrams} ({self.trigrams}, rowid, {self.columns}) "
            f"VALUES ('delete', old.{self.key}, {old});"
        )
        events = {"inserted": ("INSERT", put), "deleted": ("DELETE", take)}
        events["updated"] = (f"UPDATE OF {self.columns}", f"{take} {put}")
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS {self.trigrams} USING fts5({self.columns}, "
                f"content='{self.table}', content_rowid='{self.key}', tokenize='trigram')"
            )
            for name, (event, act) in events.items():
                cursor.execute(
                    f"CREATE TRIGGER IF NOT EXISTS {self.trigrams}_{name} AFTER {event} ON {self.table} BEGIN {act} END"
                )
        self.tidy()

    def drop(self):
        with connection.cursor() as cursor:
            for event in ("inserted", "deleted", "updated"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {self.trigrams}_{event}")
            cursor.execute(f"DROP TABLE IF EXISTS {self.trigrams}")

    def tidy(self):
        """Make the index again from the table, in its best shape."""
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {self.trigrams} ({self.trigrams}) VALUES ('rebuild')")

    def is_sound(self):
        """Whether the index holds what the table holds. Raises DatabaseError where that cannot be seen."""
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"INSERT INTO {self.trigrams} ({self.trigrams}, rank) VALUES ('integrity-check', 1)")
        except DatabaseError as error:
            # The question is put as if it wrote, so a disk that takes no writes says nothing about the index.
            if not error.__cause__.sqlite_errorname.startswith(UNSOUND):
                raise
            return False
        return True


class LikenessIndex(_Trigrams):
    """The trigrams of a column, for finding what is written alike."""

    def find(self, word, *, columns, most, join="", where="", parameters=()):
        """Return `columns` of the rows, called `host` in SQL, that have most trigrams in common with a word."""
        trigrams = " OR ".join(f'"{word[place : place + 3]}"' for place in range(len(word) - 2))
        if not trigrams:
            return []
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {columns} FROM {self.trigrams} "
                f"JOIN {self.table} AS host ON host.{self.key} = {self.trigrams}.rowid {join} "
                f"WHERE {self.trigrams} MATCH %s {where} ORDER BY {self.trigrams}.rank LIMIT %s",
                [trigrams, *parameters, most],
            )
            return cursor.fetchall()


class PartIndex(_Trigrams):
    """The trigrams of columns, for finding any part of what is written in one, of three letters or more."""

    def keys_with(self, part, *, most):
        """Return the keys of at most `most` rows with this part in a column, in capitals or not."""
        quoted = part.replace('"', '""')
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT rowid FROM {self.trigrams} WHERE {self.trigrams} MATCH %s LIMIT %s", [f'"{quoted}"', most]
            )
            return [key for (key,) in cursor]


def in_byte_order(column):
    """Return SQL for a column as it is compared and sorted by the bytes of its text, as the index of names is."""
    return column


def _expression(clauses):
    return " AND ".join(f"({' OR '.join(map(_phrase, alternatives))})" for alternatives in clauses)


def _phrase(alternative):
    word = alternative.removesuffix("*")
    return f'"{word}"{alternative[len(word) :]}'
