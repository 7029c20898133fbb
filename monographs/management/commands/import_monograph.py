"""manage.py import_monograph: files into the working copies of monographs."""

import sys
from collections import Counter
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from monographs.importing import ImportProblem
from monographs.importing.batch import Batch, Outcome
from monographs.importing.document import shown_path


class Command(BaseCommand):
    @property
    def help(self):
        return _(
            "Read files into the working copies of monographs. A file that cannot be read is named with its line and "
            "the reason, and the others go in. The same file again changes nothing."
        )

    def add_arguments(self, parser):
        parser.add_argument(
            "files",
            nargs="+",
            metavar="FILE",
            help=_("Markdown (.md), an outline (.txt), an exported monograph or openFDA labels (.json), SPL (.xml)"),
        )
        parser.add_argument("--title", help=_("the medicine’s name, for one file; otherwise the file says it"))
        parser.add_argument("--slug", help=_("the last part of the page’s address, for one file"))
        parser.add_argument(
            "--publish", action="store_true", help=_("publish each monograph that differs from its latest edition")
        )

    def handle(self, *, files, title, slug, publish, **options):
        if len(files) > 1 and (title or slug):
            raise CommandError(_("--title and --slug are for one file. Import these files one after another."))
        outcomes = []
        try:
            self._import(map(Path, files), len(files), Batch(title=title, slug=slug, publish=publish), outcomes)
        finally:
            self._report(outcomes)
        failed = sum(bool(outcome.problems) for outcome in outcomes)
        if failed:
            counts = {"failed": failed, "count": len(outcomes)}
            raise CommandError(_("Problems with %(failed)d of %(count)d, named above.") % counts)

    def _import(self, paths, count, batch, outcomes):
        # A single file is done before anybody looks, unless it holds many medicines.
        with tqdm(total=count, disable=not sys.stderr.isatty(), delay=0 if count > 1 else 1) as bar:
            for path in paths:
                for number, outcome in enumerate(batch.outcomes_of(path)):
                    outcomes.append(outcome)
                    self._tell(outcome)
                    bar.total += bool(number)
                    bar.update()

    def _tell(self, outcome):
        words = str(outcome.word.label)
        if outcome.edition:
            words = _("%(outcome)s, published edition %(number)d") % {"outcome": words, "number": outcome.edition}
        place = shown_path(outcome.path) + (f" ({outcome.name})" if outcome.name else "")
        with tqdm.external_write_mode():
            self.stdout.write(f"{place}: {words}")
            for line, note in outcome.notes:
                self.stdout.write(f"  {ImportProblem(shown_path(outcome.path), line, note)}")

    def _report(self, outcomes):
        """Sum up a run of several, and name all problems together at its end, where they are found again."""
        if len(outcomes) > 1:
            counts = Counter(outcome.word for outcome in outcomes)
            words = (_("%(word)s: %(count)d") % {"word": word.label, "count": counts[word]} for word in Outcome.Word)
            self.stdout.write(_("%(count)d in all; %(counts)s") % {"count": len(outcomes), "counts": ", ".join(words)})
        for outcome in outcomes:
            for problem in outcome.problems:
                self.stderr.write(str(problem))
