"""Words and names on PostgreSQL: a tsvector column in the table that is indexed, and pg_trgm for likeness."""

from django.core.management.base import CommandError
from django.db import NotSupportedError, OperationalError, ProgrammingError, connection, transaction

HIGHEST = 2**63 - 1
NO_SCAN = "SET LOCAL enable_seqscan = off"
ALONE = "SET LOCAL max_parallel_workers_per_gather = 0"
"""To start other processes takes longer than what is looked for."""

ROW_BY_ROW = "SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off"
"""What is joined is looked up for each row that was found, instead of being read as a whole beforehand."""

BY_WORDS = "SET LOCAL enable_indexscan = off; SET LOCAL enable_bitmapscan = on"
BY_KEYS = "SET LOCAL enable_indexscan = on; SET LOCAL enable_bitmapscan = off"
BY_EITHER = "SET LOCAL enable_indexscan = on; SET LOCAL enable_bitmapscan = on"
"""Which indexes lead to rows. That of words can do nothing but gather all that it has."""

NEAR = (500, 5_000)
"""Rows, the newest, that are looked at in order before the index of words is asked; more if some of them fit."""

NEXT = 100
"""The same, where one row is enough."""

FREQUENT = 100
"""What so many of the first NEAR rows have is frequent: others that have it are quicker met than gathered."""

LETTERS = "ABCD"
"""How tsvector tells columns apart: a letter for each, in their order."""


class WordIndex:
    """The words of the rows of a table, in columns: `weights` says how much a hit in each counts.

    `key` is the primary key of the table. Django does not know of the column that is added to it.
    """

    def __init__(self, table, key, weights):
        self.table, self.key, self.weights = table, key, weights
        most = max(weights.values())
        # ts_rank takes them from the letter D to A, between 0 and 1.
        shares = [str(weight / most) for weight in weights.values()] + ["0"] * (len(LETTERS) - len(weights))
        self.shares = "{" + ", ".join(reversed(shares)) + "}"
        self._newest = f"SELECT max({key}) FROM {table}"

    def create(self):
        """Make what is missing."""
        with connection.cursor() as cursor:
            if not _exists(cursor, f"{self.table}_words"):
                cursor.execute(f"ALTER TABLE {self.table} ADD COLUMN IF NOT EXISTS words tsvector")
                cursor.execute(f"CREATE INDEX {self.table}_words ON {self.table} USING gin (words)")

    def drop(self):
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {self.table} DROP COLUMN IF EXISTS words")

    def put(self, rows):
        """Store the words of rows, given as {key: {column: the forms of each word}}, in place of what was stored."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {self.table} AS host SET words = new.words::tsvector "
                "FROM unnest(%s::bigint[], %s::text[]) AS new (key, words) "
                f"WHERE host.{self.key} = new.key",
                self._stored(rows),
            )

    def differing(self, rows):
        """Return the keys of those rows, given as for `put`, whose words are not the stored ones."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT wanted.key FROM unnest(%s::bigint[], %s::text[]) AS wanted (key, words) "
                f"LEFT JOIN {self.table} AS host ON host.{self.key} = wanted.key "
                "WHERE host.words IS DISTINCT FROM wanted.words::tsvector",
                self._stored(rows),
            )
            return [key for (key,) in cursor]

    def find(self, clauses, *, columns, most, join="", where="", parameters=(), are_rare=False):
        """Return `columns` of at most `most` rows, called `host` in SQL, each with how well it fits: less is better.

        Of frequent words these are the newest rows. That words `are_rare` spares looking whether they are frequent.
        """
        query = _expression(clauses)
        found = (
            f"SELECT {columns}, -ts_rank('{self.shares}', host.words, %s::tsquery, 1) FROM {self.table} AS host "
            f"{join} WHERE host.words @@ %s::tsquery {where}"
        )
        parameters = [query, query, *parameters, most]
        near = f"AND host.{self.key} > ({self._newest}) - {NEAR[-1]} ORDER BY host.{self.key} DESC"
        with connection.cursor() as cursor:
            if not are_rare and self._is_frequent(cursor, query):
                _execute(cursor, f"{found} {near} LIMIT %s", parameters, how=BY_KEYS)
                if len(rows := cursor.fetchall()) == most:
                    return rows
            _execute(cursor, f"{found} LIMIT %s", parameters)
            return cursor.fetchall()

    def _is_frequent(self, cursor, query):
        """Whether it is worthwhile to look at row after row. Of few rows the index of words gathers all."""
        _execute(
            cursor,
            f"SELECT count(*) FROM {self.table} WHERE words @@ %s::tsquery "
            f"AND {self.key} > ({self._newest}) - {NEAR[0]} "
            f"AND (SELECT min({self.key}) FROM {self.table}) < ({self._newest}) - {NEAR[-1]}",
            [query],
            how=BY_KEYS,
        )
        return cursor.fetchone()[0] >= FREQUENT

    def newest(self, clauses, *, before=None, most, join="", where="", parameters=()):
        """Return the keys of at most `most` rows, the highest first, from below the key `before`."""
        query, before = _expression(clauses), HIGHEST if before is None else before
        found = (
            f"SELECT host.{self.key} FROM {self.table} AS host {join} WHERE host.words @@ %s::tsquery "
            f"AND host.{self.key}{{}} < %s {where} {{}} ORDER BY host.{self.key} DESC LIMIT %s"
        )
        # The planner cannot tell how frequent the beginning of a word is. A frequent one is among the newest rows, and
        # of another the index of words gathers few.
        near = f"AND host.{self.key} > ({self._newest} WHERE {self.key} < %s) - %s"
        with connection.cursor() as cursor:
            for rows in NEAR:
                _execute(
                    cursor, found.format("", near), [query, before, *parameters, before, rows, most], how=BY_EITHER
                )
                keys = [key for (key,) in cursor]
                if len(keys) == most:
                    return keys
                if not keys:
                    break
            # With the bare key the planner may read all keys below `before`, to find those that both indexes have.
            _execute(cursor, found.format(" + 0", ""), [query, before, *parameters, most])
            return [key for (key,) in cursor]

    def has(self, clauses, *, join="", where="", parameters=()):
        """Return whether there is such a row."""
        found = f"SELECT 1 FROM {self.table} AS host {join} WHERE host.words @@ %s::tsquery {where} {{}} LIMIT 1"
        parameters = [_expression(clauses), *parameters]
        near = f"AND host.{self.key} > ({self._newest}) - {NEXT}"
        with connection.cursor() as cursor:
            # Of a frequent word the index would gather all places first.
            for which in (near, ""):
                _execute(cursor, found.format(which), parameters, how=BY_EITHER if which else BY_WORDS)
                if cursor.fetchone():
                    return True
        return False

    def tidy(self):
        """Tell the planner what the table holds, after it was filled."""
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {self.table}")

    def _stored(self, rows):
        return [list(rows), [self._vector(columns) for columns in rows.values()]]

    def _vector(self, columns):
        place, lexemes = 0, []
        for letter, name in zip(LETTERS, self.weights, strict=False):
            for forms in columns.get(name, ()):
                place += 1
                lexemes += [f"'{form}':{place}{letter}" for form in forms]
        return " ".join(lexemes)


class LikenessIndex:
    """The trigrams of a column, for finding what is written alike."""

    def __init__(self, table, key, column):
        self.table, self.key, self.column = table, key, column

    def create(self):
        """Make what is missing. Raises CommandError where this user may not create the extension."""
        _create_extension()
        with connection.cursor() as cursor:
            if not _exists(cursor, f"{self.table}_trigrams"):
                cursor.execute(
                    f"CREATE INDEX {self.table}_trigrams ON {self.table} USING gin ({self.column} gin_trgm_ops)"
                )
            if not _exists(cursor, f"{self.table}_bytes"):
                columns = f"{in_byte_order(self.column)}, {self.key}"
                cursor.execute(f"CREATE INDEX {self.table}_bytes ON {self.table} ({columns})")

    def drop(self):
        with connection.cursor() as cursor:
            for index in ("trigrams", "bytes"):
                cursor.execute(f"DROP INDEX IF EXISTS {self.table}_{index}")

    def find(self, word, *, columns, most, join="", where="", parameters=()):
        """Return `columns` of the rows, called `host` in SQL, that have most trigrams in common with a word."""
        with connection.cursor() as cursor:
            _execute(
                cursor,
                f"SELECT {columns} FROM {self.table} AS host {join} WHERE host.{self.column} %% %s {where} "
                f"ORDER BY similarity(host.{self.column}, %s) DESC LIMIT %s",
                [word, *parameters, word, most],
            )
            return cursor.fetchall()

    def tidy(self):
        """Tell the planner what the table holds, after it was filled."""
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {self.table}")

    def is_sound(self):
        """Whether the index holds what the table holds, which PostgreSQL itself sees to."""
        return True


class PartIndex:
    """The trigrams of columns, for finding any part of what is written in one, of three letters or more."""

    def __init__(self, table, key, *columns):
        self.table, self.key = table, key
        # As Django compares without regard to capitals, so that its queries too are answered by the index.
        self.columns = [f"upper({column}::text)" for column in columns]

    def create(self):
        """Make what is missing."""
        _create_extension()
        with connection.cursor() as cursor:
            if not _exists(cursor, f"{self.table}_trigrams"):
                columns = ", ".join(f"{column} gin_trgm_ops" for column in self.columns)
                cursor.execute(f"CREATE INDEX {self.table}_trigrams ON {self.table} USING gin ({columns})")

    def drop(self):
        with connection.cursor() as cursor:
            cursor.execute(f"DROP INDEX IF EXISTS {self.table}_trigrams")

    def keys_with(self, part, *, most):
        """Return the keys of at most `most` rows with this part in a column, in capitals or not."""
        pattern = f"%{connection.ops.prep_for_like_query(part)}%"
        fits = " OR ".join(f"{column} LIKE upper(%s)" for column in self.columns)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {self.key} FROM {self.table} WHERE {fits} LIMIT %s", [*[pattern] * len(self.columns), most]
            )
            return [key for (key,) in cursor]

    def is_sound(self):
        """Whether the index holds what the table holds, which PostgreSQL itself sees to."""
        return True


def in_byte_order(column):
    """Return SQL for a column as it is compared and sorted by the bytes of its text, as the index of names is."""
    return f'{column} COLLATE "C"'


def _execute(cursor, query, parameters, *, how=BY_WORDS):
    """Execute a query by the index of words or of trigrams, or by that of keys.

    With frequent words the planner would rather read through the table, hoping to be done soon; where no row has the
    words it would read all of it. The statements go in one message, and so in one transaction.
    """
    settings = f"{ALONE}; {ROW_BY_ROW}; {how}; {NO_SCAN}; "
    cursor.execute(f"{settings}{query}", parameters)
    for _set in range(settings.count(";")):
        cursor.nextset()


def _exists(cursor, index):
    """Whether there is such an index. IF NOT EXISTS would wait for everybody who writes to the table."""
    cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [index])
    return cursor.fetchone()[0]


def _create_extension():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        if cursor.fetchone():
            return
        try:
            with transaction.atomic():
                cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        except (ProgrammingError, NotSupportedError, OperationalError) as error:
            raise CommandError(
                "The search corrects misspelt names with PostgreSQL's extension pg_trgm, and this user may not create "
                f"it ({str(error).strip()}). Let somebody who may do so run CREATE EXTENSION pg_trgm; in the database "
                f"{connection.settings_dict['NAME']}, then run manage.py migrate again."
            ) from error


def _expression(clauses):
    return " & ".join(f"({' | '.join(map(_lexeme, alternatives))})" for alternatives in clauses)


def _lexeme(alternative):
    word = alternative.removesuffix("*")
    return f"'{word}'{':*' if word != alternative else ''}"
