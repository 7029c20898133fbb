"""manage.py export_monographs: the working copies of monographs into files that import_monograph reads back."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from monographs.exporting import Exported, export_monograph
from monographs.importing.document import shown_path
from monographs.models import Monograph


class Command(BaseCommand):
    @property
    def help(self):
        return _(
            "Write every monograph’s working copy into a folder, as Markdown and as JSON with its pictures beside. "
            "import_monograph reads both back to the same text. Other files there stay."
        )

    def add_arguments(self, parser):
        parser.add_argument("folder", metavar="DIR", type=Path, help=_("the folder; it is made if there is none"))
        parser.add_argument(
            "--slug", nargs="+", default=[], dest="slugs", metavar="S", help=_("only monographs with these addresses")
        )

    def handle(self, *, folder, slugs, **options):
        known = set(Monograph.objects.values_list("slug", flat=True))
        if unknown := [slug for slug in slugs if slug not in known]:
            raise CommandError(_("No monograph has the address %(slugs)s.") % {"slugs": ", ".join(unknown)})
        pictures, troubled = set(), 0
        slugs = sorted(set(slugs) or known)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for slug in tqdm(slugs, disable=not sys.stderr.isatty()):
                exported = self._export(slug, folder)
                pictures.update(exported.pictures)
                troubled += bool(exported.problems)
                for problem in exported.problems:
                    with tqdm.external_write_mode():
                        self.stderr.write(f"{slug}: {problem}")
        except OSError as error:
            reason = _("Nothing can be written to %(folder)s: %(reason)s.")
            raise CommandError(reason % {"folder": shown_path(folder), "reason": error.strerror or error}) from error
        counts = {"count": len(slugs), "pictures": len(pictures), "folder": shown_path(folder)}
        self.stdout.write(_("Monographs: %(count)d, pictures: %(pictures)d, in %(folder)s.") % counts)
        if troubled:
            counts = {"failed": troubled, "count": len(slugs)}
            raise CommandError(_("Problems with %(failed)d of %(count)d, named above.") % counts)

    def _export(self, slug, folder):
        try:
            return export_monograph(slug, folder)
        except Monograph.DoesNotExist:
            return Exported(problems=[_("It was deleted or moved while this ran.")])
