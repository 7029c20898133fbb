"""manage.py restore FILE: the site as a backup holds it."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from tqdm import tqdm

from portal.backup import reading
from portal.backup.archive import Reader, Unusable


class Command(BaseCommand):
    help = (
        "Check FILE to its last byte, then make the site what it holds, or change nothing. Stop the server first. "
        "Everybody has to log in again."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="a file that manage.py backup wrote")
        parser.add_argument("--force", action="store_true", help="replace a site that holds something")

    def handle(self, *, file, force, **options):
        try:
            archive = Reader(file)
        except OSError as error:
            raise CommandError(f"{file} cannot be read ({error.strerror or error}).") from error
        except Unusable as error:
            raise CommandError(f"Nothing was changed. {error}") from error
        try:
            with archive, tqdm(disable=None, unit="part") as bar:
                reading.restore(archive, force=force, progress=lambda name: (bar.set_postfix_str(name), bar.update()))
        except OSError as error:
            told = f"The pictures cannot be stored ({error.strerror or error})."
            raise CommandError(f"Nothing was changed. {told}") from error
        except Unusable as error:
            raise CommandError(f"Nothing was changed. {error}") from error
        except reading.NotEmpty:
            raise CommandError("Nothing was changed. This site holds something already: --force replaces it.") from None
        except reading.TooNew:
            raise CommandError(
                "Nothing was changed. The archive was made by an earlier release than this database's. Restore it "
                "into an empty database (another DATABASE_URL or DATA_DIR); it is brought up to date there."
            ) from None
        except DatabaseError as error:
            raise CommandError(f"Nothing was changed. The database refuses what the archive holds: {error}") from error
        self.stdout.write(f"Restored: contents {archive.digest}")
