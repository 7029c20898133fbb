"""manage.py verify: does what is stored agree with itself? It looks at one row after the other, however many."""

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.models import Q
from tqdm import tqdm

from monographs import search
from monographs.models import Edition, Filing, Listing, Monograph, Picture, PictureUse, SignOff, Standing
from monographs.models.listing import sort_title_of
from monographs.publishing import contents_of, differs_from_latest, digest_of, render_sections
from reviews.matters import needs_of
from reviews.models import Appeal, Card, Figure, Flag, GroupTally, Review, Tally

PARTS_OF_A_TEXT = ("sections", "topics", "facts", "identifiers", "references")


class Command(BaseCommand):
    help = "Recompute digests, HTML and tallies, check constraints and files; exit 1 and name each difference."

    def handle(self, **options):
        count = 0
        for part in PARTS:
            for difference in part():
                self.stdout.write(difference)
                count += 1
        if count:
            raise CommandError(f"{count} differences found.")
        self.stdout.write("Everything agrees.")


def _each(rows, at_once=1000):
    """Yield the rows of a queryset, some at a time, and show how far it is where somebody watches."""
    return _shown(rows.iterator(chunk_size=at_once), rows.count(), str(rows.model._meta.verbose_name_plural))


def _shown(rows, total, name):
    return tqdm(rows, total=total, desc=name, leave=False, disable=None)


def _editions():
    for edition in _each(Edition.objects.all(), 100):
        contents = edition.contents
        if digest_of(contents) != edition.digest:
            yield f"{edition}: the stored text is not the one that was published (its digest differs)."
        elif render_sections(contents)[0] != edition.sections:
            yield f"{edition}: its HTML differs from what its text renders to; run manage.py rerender_editions."


def _sign_offs():
    for sign_off in _each(SignOff.objects.all(), 100):
        if digest_of(sign_off.contents) != sign_off.digest:
            yield f"Sign-off {sign_off.pk}: the stored text is not the one that was sent (its digest differs)."


def _standings():
    for edition in _each(Edition.objects.select_related("standing", "monograph").defer(*Edition.HEAVY), 100):
        stored = getattr(edition, "standing", None)
        for name, value in Standing.objects.computed(edition).items():
            if getattr(stored, name, None) != value:
                yield f"{edition}: who signed or reviewed it is not shown as it was recorded ({name} differs)."


def _listings():
    for monograph in _each(Monograph.objects.only("pk")):
        for listing in Listing.objects.differing([monograph]):
            yield f"{listing.edition}: when it is in force, or its place in lists, is not what its editions say."
    shown = ("sort_title", "edition__title", "edition__number", "topic__name")
    for filing in _each(Filing.objects.select_related("edition", "topic").only(*shown)):
        if filing.sort_title != sort_title_of(filing.edition.title):
            yield f"{filing.edition}: its place under {filing.topic} is not the one of its title."


def _working_copies():
    monographs = Monograph.objects.select_related("lead_picture").prefetch_related(*PARTS_OF_A_TEXT)
    for monograph in _each(monographs, 100):
        contents = contents_of(monograph)
        if monograph.has_changes != differs_from_latest(monograph, digest_of(contents)):
            yield f"{monograph}: whether it has unpublished changes is stored wrongly; run manage.py rerender_editions."
        if not PictureUse.objects.agrees(monograph, contents):
            yield f"{monograph}: the pictures of its working copy are not those noted; run manage.py rerender_editions."
    for edition in _each(Edition.objects.select_related("monograph"), 100):
        if not PictureUse.objects.agrees(edition.monograph, edition.contents, edition=edition):
            yield f"{edition}: its pictures are not those noted."


def _pictures():
    for picture in _each(Picture.objects.all()):
        for name in picture.file_names():
            try:
                is_there = default_storage.exists(name)
            except OSError as error:
                yield f"Pictures: whether their files are there cannot be seen ({error.strerror or error})."
                return
            if not is_there:
                yield f"Picture {picture}: the file {settings.MEDIA_URL}{name} is missing."


def _tallies():
    for tally in Tally.objects.differing_from_reviews():
        yield f"Tally of {tally.monograph}: it does not agree with its approved reviews."
    for monograph_id, kind, key in GroupTally.objects.differing_from_reviews():
        yield f"Tally of {kind} “{key}” of monograph {monograph_id}: it does not agree with its approved reviews."


def _figures():
    for quarter, kind, name in Figure.objects.differing_from_decisions():
        yield f"Figures of {quarter}: {kind} “{name}” does not agree with the decisions."


def _cards():
    asking = Q(status=Review.Status.PENDING) | Q(next_wording__isnull=False) | Q(pk__in=Card.objects.values("pk"))
    asking |= Q(pk__in=Flag.objects.open().values("review")) | Q(pk__in=Appeal.objects.open().values("review"))
    for review in _each(Review.objects.filter(asking).select_related("card")):
        needs, card = needs_of(review), getattr(review, "card", None)
        stored = card and {name: getattr(card, name) for name in ("matter", "place", "since", "flag_count")}
        if needs != stored:
            yield f"Review {review.pk}: its place in the queue is not what its state asks for."


def _indexes():
    return filter(None, _shown(search.differences(), search.size(), "search"))


def _constraints():
    try:
        connection.check_constraints()
    except Exception as error:  # each backend raises its own kind
        yield f"Database: {error}"


PARTS = (
    *(_editions, _sign_offs, _standings, _listings, _indexes, _working_copies, _pictures),
    *(_tallies, _cards, _figures, _constraints),
)
