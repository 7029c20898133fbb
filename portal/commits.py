"""What has been found out about the database since the last commit: until the next one it needs no look at any table.

Both databases have something that moves with every commit of anybody and is read without a table: SQLite
`PRAGMA data_version`, in a few microseconds, and PostgreSQL the snapshot, which names the transactions whose changes
can be seen. While it is the same, so is everything that a query can return.
"""

import sqlite3
import threading

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

GONE = (sqlite3.Error, DatabaseError)
"""What is raised when the database does not answer."""


class Commits:
    """Lets all threads of a worker note what they found out; a commit makes it forget.

    It asks on a connection of its own that writes nothing: no thread waits for a place, and all who come while
    a question is asked share the next one.
    """

    def __init__(self, source):
        self.source = source
        self._lock = threading.Lock()
        self._begun = self._answered = 0
        self._version, self._noted = None, {}

    def known(self):
        """Return what was noted since the last commit, as a dictionary to note more in. Raises one of GONE."""
        begun = self._begun
        with self._lock:
            # An answer to what others asked after we came is as good as our own. The question that was under way when
            # we came may have missed a commit.
            if self._answered <= begun:
                self._begun += 1
                version = self._ask()
                self._answered = self._begun
                if version != self._version:
                    self._version, self._noted = version, {}
            return self._noted

    def _ask(self):
        try:
            return self.source.version()
        except GONE:
            # Another connection may count from the same number.
            self._version = None
            self.source.close()
            raise


class SQLite:
    """The version of a database in the file at `path`."""

    def __init__(self, path):
        self._address = f"file:{path}?mode=ro"
        self._connection = None

    def version(self):
        if self._connection is None:
            self._connection = sqlite3.connect(self._address, uri=True, check_same_thread=False)
        return self._connection.execute("PRAGMA data_version").fetchone()[0]

    def close(self):
        """Close the connection; the next question opens another."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class PostgreSQL:
    """The version of the database that is Django's default one."""

    # The second part differs between a server and another one that has taken its place.
    QUESTION = "SELECT pg_current_snapshot()::text, pg_postmaster_start_time()::text"

    def __init__(self):
        self._connection = connections.create_connection(DEFAULT_DB_ALIAS)
        self._connection.inc_thread_sharing()

    def version(self):
        with self._connection.cursor() as cursor:
            cursor.execute(self.QUESTION)
            return cursor.fetchone()

    def close(self):
        """Close the connection; the next question opens it again."""
        self._connection.close()


def commits_of(database):
    """Return the Commits of a database that is given as in Django's DATABASES."""
    is_sqlite = database["ENGINE"] == "django.db.backends.sqlite3"
    return Commits(SQLite(database["NAME"]) if is_sqlite else PostgreSQL())
