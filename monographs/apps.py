from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class MonographsConfig(AppConfig):
    name = "monographs"
    verbose_name = _("Monographs")

    def ready(self):
        post_migrate.connect(_fill_new_index, sender=self)


def _fill_new_index(plan=(), **kwargs):
    """Fill the search index after it was made on a site that has editions already."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from monographs import search

    if not plan:
        return
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()) and search.is_empty():
        for _edition in search.rebuild():
            pass
