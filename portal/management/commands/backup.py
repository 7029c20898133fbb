"""manage.py backup FILE: the whole site in one file, while it runs."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from portal.backup.writing import back_up


class Command(BaseCommand):
    help = (
        "Write the database as it stands at one moment, and all pictures, to FILE, which must not exist yet. The site "
        "goes on meanwhile. The file holds personal data: only its owner can read it."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="such as /var/backups/portal-2026-03-01.zip")

    def handle(self, *, file, **options):
        if file.exists():
            raise CommandError(f"{file} exists already. Choose another name.")
        with tqdm(disable=None, unit="part") as bar:
            try:
                digest, missing = back_up(file, progress=lambda name: (bar.set_postfix_str(name), bar.update()))
            except OSError as error:
                raise CommandError(f"{file} cannot be written ({error.strerror or error}).") from error
        self.stdout.write(f"{file}: {file.stat().st_size:,} bytes, contents {digest}")
        if missing:
            raise CommandError(
                f"The archive is whole, but {len(missing)} files of pictures are missing on the site, such as "
                f"{missing[0]}. manage.py verify names them all."
            )
