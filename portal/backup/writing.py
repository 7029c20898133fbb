"""Making an archive while the site runs."""

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from monographs.models import Picture
from portal.backup import numbers
from portal.backup.archive import CHUNK, new_archive
from portal.backup.snapshot import snapshot
from portal.backup.tables import columns_of, lines_of, tables_of


def back_up(path, *, progress):
    """Write the site to a new file; return (digest, names of pictures' files that are missing).

    `progress` is called with each name that is written.
    """
    with snapshot(), new_archive(path) as archive:
        tables = {}
        for label, model in sorted(tables_of(apps).items()):
            progress(label)
            archive.add(f"rows/{label}.jsonl", (line.encode() for line in lines_of(model)))
            tables[label] = [field.attname for field in columns_of(model)]
        # A picture's files are written before its row is committed, and never change or go away.
        missing = [name for name in _file_names() if not _add_file(archive, name, progress)]
        digest = archive.finish(
            made_at=timezone.now().isoformat(),
            database=connection.vendor,
            migrations=sorted(MigrationRecorder(connection).applied_migrations()),
            tables=tables,
            numbers=numbers.last_of(tables_of(apps)),
            missing=missing,
        )
    return digest, missing


def _file_names():
    # As a list: a storage that fails half-way leaves no reading unfinished.
    return [name for picture in Picture.objects.order_by("pk") for name in picture.file_names()]


def _add_file(archive, name, progress):
    progress(name)
    try:
        file = default_storage.open(name)
    except FileNotFoundError:
        return False
    with file:
        archive.add(f"files/{name}", file.chunks(CHUNK), is_compressed=True)
    return True
