"""manage.py import_monograph: text files into the working copies of monographs."""

import os
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError
from django.utils.translation import gettext as _
from tqdm import tqdm

from monographs.importing import ImportProblem, apply_document, read_document, slug_for
from monographs.models import Monograph


class Command(BaseCommand):
    @property
    def help(self):
        return _(
            "Read text files into the working copies of monographs. A file that cannot be read is named with its line "
            "and the reason, and the others go in. The same file again changes nothing."
        )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="FILE", help=_("Markdown (.md) or an outline (.txt)"))
        parser.add_argument("--title", help=_("the medicine’s name, for one file; otherwise the file says it"))
        parser.add_argument("--slug", help=_("the last part of the page’s address, for one file"))
        parser.add_argument(
            "--publish", action="store_true", help=_("publish each monograph that differs from its latest edition")
        )

    def handle(self, *, files, title, slug, publish, **options):
        if len(files) > 1 and (title or slug):
            raise CommandError(_("--title and --slug are for one file. Import these files one after another."))
        self.done = {}
        failed = 0
        for path in tqdm(map(Path, files), total=len(files), disable=len(files) == 1 or not sys.stderr.isatty()):
            failed += not self._import(path, title=title, slug=slug, publish=publish)
        if failed:
            counts = {"failed": failed, "count": len(files)}
            raise CommandError(_("Files with problems, named above: %(failed)d of %(count)d.") % counts)

    def _import(self, path, *, title, slug, publish):
        """Import one file and say what came of it. Return whether all went well."""
        try:
            document = read_document(path)
            address = slug_for(document, title=title, slug=slug)
            self._refuse_second(path, address)
            is_new = not Monograph.objects.filter(slug=address).exists()
            monograph, changed = apply_document(document, title=title, slug=slug)
        except ImportProblem as problem:
            self._say(self.stderr, problem)
            return False
        except IntegrityError:
            reason = _("Somebody else changed the same monograph at this moment. Import the file again.")
            self._say(self.stderr, ImportProblem(path, None, reason))
            return False
        self.done[address] = path
        outcome = _("created") if is_new else _("updated") if changed else _("unchanged")
        problems = []
        if publish and monograph.has_unpublished_changes:
            try:
                edition = monograph.publish(by=None, note=_("Imported from %(file)s.") % {"file": _shown(path.name)})
                outcome = _("%(outcome)s, published edition %(number)d") % {
                    "outcome": outcome,
                    "number": edition.number,
                }
            except Monograph.CannotPublish as refusal:
                problems = refusal.problems
        self._say(self.stdout, f"{_shown(path)}: {outcome}")
        for problem in problems:
            self._say(self.stderr, ImportProblem(path, None, problem))
        return not problems

    def _refuse_second(self, path, slug):
        """Refuse a second file about the same monograph, which would silently replace what the first one said."""
        first = self.done.get(slug, path)
        if first.resolve() != path.resolve():
            reason = _("%(file)s has the same address, “%(slug)s”. Give one of the two another title or address.")
            raise ImportProblem(path, None, reason % {"file": _shown(first), "slug": slug})

    def _say(self, stream, words):
        with tqdm.external_write_mode():
            stream.write(str(words))


def _shown(path):
    """Return a path as text that can be printed and stored, whatever bytes its name is made of."""
    return os.fsencode(path).decode(errors="replace")
