from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class MonographsConfig(AppConfig):
    name = "monographs"
    verbose_name = _("Monographs")

    def ready(self):
        post_migrate.connect(_fill_new_indexes, sender=self)


def _fill_new_indexes(plan=(), **kwargs):
    """Fill a search index that was made on a site that has something to find already."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from monographs import search

    if not plan:
        return
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        search.rebuild_empty()
