"""Whether the database is that of this release."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def lacks_migrations():
    """Whether this release has migrations that the database has not."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
