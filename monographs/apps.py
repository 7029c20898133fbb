from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class MonographsConfig(AppConfig):
    name = "monographs"
    verbose_name = _("Monographs")

    def ready(self):
        post_migrate.connect(_fill_new_indexes, sender=self)


def _fill_new_indexes(plan=(), **kwargs):
    """Fill a search index that was made on a site that has something to find already, and mend what SQLite lost.

    It makes a table anew to change a column, and drops the triggers of the old one.
    """
    from monographs import search
    from monographs.migrated import lacks_migrations
    from monographs.search import indexing

    if plan and not lacks_migrations():
        indexing.titles().create()
        search.rebuild_empty()
