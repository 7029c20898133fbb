"""How each database keeps words and finds them: SQLite with FTS5, PostgreSQL with tsvector and pg_trgm.

What is looked for is a list of clauses that must all be met, each a tuple of alternatives; "word*" stands for every
word that begins so. Words contain letters, digits and underscores only.
"""

from django.db import connection

from monographs.search.backends import postgresql, sqlite

_BACKENDS = {"sqlite": sqlite, "postgresql": postgresql}


def backend():
    """Return the module for the database that this site uses."""
    return _BACKENDS[connection.vendor]
