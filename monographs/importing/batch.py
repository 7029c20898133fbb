"""Many files in one run: what comes of each medicine in them, so that one bad file stops none of the others."""

from dataclasses import dataclass
from pathlib import Path

from django.db import IntegrityError
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.importing.apply import apply_document, slug_for
from monographs.importing.document import ImportProblem, shown_path
from monographs.importing.reading import read_documents
from monographs.models import Monograph


@dataclass
class Outcome:
    """What came of one medicine. It may have gone in and still have problems that kept it from being published."""

    class Word(TextChoices):
        CREATED = "created", gettext_lazy("created")
        UPDATED = "updated", gettext_lazy("updated")
        UNCHANGED = "unchanged", gettext_lazy("unchanged")
        FAILED = "failed", gettext_lazy("failed")

    path: Path
    word: Word
    name: str = ""
    edition: int | None = None
    notes: tuple[tuple[int | None, str], ...] = ()
    problems: tuple[ImportProblem, ...] = ()


class Batch:
    """Imports file after file. A title or an address given for all of them fits a single medicine only."""

    def __init__(self, *, title=None, slug=None, publish=False):
        self.title, self.slug, self.publish = title, slug, publish
        self.sources = {}

    def outcomes_of(self, path):
        """Import one file. Yield the Outcome of each medicine in it."""
        try:
            documents = read_documents(path)
            if len(documents) > 1 and (self.title or self.slug):
                reason = _("This file holds %(count)d medicines. --title and --slug are for one.")
                raise ImportProblem(path, None, reason % {"count": len(documents)})
        except ImportProblem as problem:
            documents = [problem]
        is_several = len(documents) > 1
        for document in documents:
            yield self._outcome(path, document, is_several=is_several)

    def _outcome(self, path, document, *, is_several):
        try:
            if isinstance(document, ImportProblem):
                raise document
            slug = slug_for(document, title=self.title, slug=self.slug)
            self._refuse_second(document, slug)
            is_new = not Monograph.objects.filter(slug=slug).exists()
            monograph, is_changed = apply_document(document, title=self.title, slug=self.slug)
        except ImportProblem as problem:
            return Outcome(path, Outcome.Word.FAILED, problems=(problem,))
        except IntegrityError:
            reason = _("Somebody else changed the same monograph at this moment. Import the file again.")
            return Outcome(path, Outcome.Word.FAILED, problems=(ImportProblem(path, None, reason),))
        self.sources[slug] = path
        word = Outcome.Word.CREATED if is_new else Outcome.Word.UPDATED if is_changed else Outcome.Word.UNCHANGED
        edition, problems = self._published(path, monograph) if self.publish else (None, ())
        return Outcome(path, word, slug if is_several else "", edition, document.notes, problems)

    def _refuse_second(self, document, slug):
        """Refuse a second text about one monograph, which would silently replace what the first one said."""
        first = self.sources.get(slug)
        if first is not None and (first.resolve() != document.path.resolve() or document.line):
            reason = _("%(file)s has the same address, “%(slug)s”. Give one of the two another title or address.")
            raise ImportProblem(document.path, document.line, reason % {"file": shown_path(first), "slug": slug})

    def _published(self, path, monograph):
        """Publish what differs from the latest edition. Return (number of the new edition or None, problems)."""
        if not monograph.has_unpublished_changes:
            return None, ()
        try:
            note = _("Imported from %(file)s.") % {"file": shown_path(path.name)}
            return monograph.publish(by=None, note=note).number, ()
        except Monograph.CannotPublish as refusal:
            return None, tuple(ImportProblem(path, None, str(problem)) for problem in refusal.problems)
