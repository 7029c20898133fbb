"""Making the site what an archive says."""

from contextlib import closing

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from monographs import search
from monographs.freezing import freeze_all
from portal.backup import numbers
from portal.backup.archive import Unusable
from portal.backup.tables import all_tables, columns_of, store, tables_of

SIGNS_OF_LIFE = ("auth_user", "monographs_monograph", "reviews_review")
"""Tables whose rows somebody would miss."""


class NotEmpty(Exception):
    """The site holds something already."""


class TooNew(Exception):
    """The database has been migrated further than the archive's site was."""


def is_empty():
    """Whether the database holds nothing that anybody would miss."""
    existing = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for table in SIGNS_OF_LIFE:
            if table in existing:
                cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608
                if cursor.fetchone():
                    return False
    return True


def restore(archive, *, force, progress):
    """Replace everything by what the archive holds, or change nothing.

    An archive of an earlier release is taken into a database without tables, and migrated. Raises Unusable, NotEmpty
    or TooNew before anything is touched.
    """
    executor = MigrationExecutor(connection)
    known = set(executor.loader.graph.nodes)
    archived = {tuple(migration) for migration in archive.manifest["migrations"]}
    applied = set(executor.loader.applied_migrations)
    if unknown := archived - known:
        raise Unusable(f"It was made by a later release: {'.'.join(min(unknown))} is not known here.")
    if not force and not is_empty():
        raise NotEmpty
    if applied - archived:
        raise TooNew
    leaves = [key for key in archived if not archived & set(executor.loader.graph.node_map[key].children)]
    site = apps if archived == known else executor.loader.project_state(leaves).apps
    tables = tables_of(site)
    _check_tables(archive, tables)
    executor.migrate(leaves)
    with transaction.atomic():
        _empty(all_tables(site).values())
        for label, model in tables.items():
            progress(label)
            try:
                with closing(archive.lines(f"rows/{label}.jsonl")) as lines:
                    store(model, lines)
            except (TypeError, ValueError, ValidationError) as error:
                raise Unusable(f"A row of {label} cannot be read.") from error
        numbers.go_on_after(tables, archive.manifest["numbers"])
        _store_files(archive, progress)
    # What follows from the rows, and what later releases added to them.
    call_command("migrate", verbosity=0, interactive=False)
    for key in search.rebuild():
        progress(f"search index: {key}")
    for count in freeze_all():
        progress(f"frames of pages: {count}")


def _check_tables(archive, tables):
    described = archive.manifest["tables"]
    columns = {label: [field.attname for field in columns_of(model)] for label, model in tables.items()}
    if described != columns:
        different = sorted(label for label in {*described, *columns} if described.get(label) != columns.get(label))
        raise Unusable(f"Its tables are not those of this release: {', '.join(different)}.")
    members = {name for name in archive.manifest["members"] if name.startswith("rows/")}
    if different := members ^ {f"rows/{label}.jsonl" for label in tables}:
        raise Unusable(f"It does not hold the rows of each table: {', '.join(sorted(different))}.")


def _empty(models):
    tables = [model._meta.db_table for model in models]
    with connection.cursor() as cursor:
        for statement in connection.ops.sql_flush(no_style(), tables, reset_sequences=False, allow_cascade=False):
            cursor.execute(statement)


def _store_files(archive, progress):
    # A name is the digest of what was uploaded, so that files of the site before are none of ours or the same.
    names = archive.files()
    for name in names:
        progress(name)
        content = archive.read(f"files/{name}")
        # What is there already stays: on a full disk nothing could be put in its place.
        if content != _stored(name):
            default_storage.delete(name)
            default_storage.save(name, ContentFile(content))
    transaction.on_commit(lambda: _remove_others(set(names)))


def _stored(name):
    try:
        with default_storage.open(name) as file:
            return file.read()
    except FileNotFoundError:
        return None


def _remove_others(names):
    folder = "pictures"
    try:
        present = default_storage.listdir(folder)[1]
    except FileNotFoundError:
        return
    for name in present:
        if f"{folder}/{name}" not in names:
            default_storage.delete(f"{folder}/{name}")
