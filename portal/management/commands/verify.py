"""manage.py verify: does what is stored agree with itself?"""

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.models import Q

from monographs import search
from monographs.models import Edition, Filing, Listing, Monograph, Picture, PictureUse, SignOff, Standing
from monographs.models.listing import sort_title_of
from monographs.publishing import contents_of, digest_of, render_sections
from reviews.matters import needs_of
from reviews.models import Card, Figure, GroupTally, Review, Tally


class Command(BaseCommand):
    help = "Recompute digests, HTML and tallies, check constraints and files; exit 1 and name each difference."

    def handle(self, **options):
        differences = [
            *_editions(),
            *_sign_offs(),
            *_standings(),
            *_listings(),
            *search.differences(),
            *_working_copies(),
            *_pictures(),
            *_tallies(),
            *_cards(),
            *_figures(),
            *_constraints(),
        ]
        for difference in differences:
            self.stdout.write(difference)
        if differences:
            raise CommandError(f"{len(differences)} differences found.")
        self.stdout.write("Everything agrees.")


def _editions():
    for edition in Edition.objects.iterator(chunk_size=100):
        contents = edition.contents
        if digest_of(contents) != edition.digest:
            yield f"{edition}: the stored text is not the one that was published (its digest differs)."
        elif render_sections(contents)[0] != edition.sections:
            yield f"{edition}: its HTML differs from what its text renders to; run manage.py rerender_editions."


def _sign_offs():
    for sign_off in SignOff.objects.iterator(chunk_size=100):
        if digest_of(sign_off.contents) != sign_off.digest:
            yield f"Sign-off {sign_off.pk}: the stored text is not the one that was sent (its digest differs)."


def _standings():
    for edition in Edition.objects.select_related("standing").defer(*Edition.HEAVY).iterator(chunk_size=100):
        stored = getattr(edition, "standing", None)
        for name, value in Standing.objects.computed(edition).items():
            if getattr(stored, name, None) != value:
                yield f"{edition}: who signed or reviewed it is not shown as it was recorded ({name} differs)."


def _listings():
    for monograph in Monograph.objects.only("pk").iterator(chunk_size=1000):
        computed = Listing.objects.computed([monograph])
        stored = Listing.objects.in_bulk([listing.pk for listing in computed])
        for listing in computed:
            if listing.pk not in stored or not listing.agrees_with(stored[listing.pk]):
                yield f"{listing.edition}: when it is in force, or its place in lists, is not what its editions say."
    for filing in (
        Filing.objects.select_related("edition", "topic")
        .only("sort_title", "edition__title", "edition__number", "topic__name")
        .iterator(chunk_size=1000)
    ):
        if filing.sort_title != sort_title_of(filing.edition.title):
            yield f"{filing.edition}: its place under {filing.topic} is not the one of its title."


def _working_copies():
    for monograph in Monograph.objects.select_related("lead_picture").iterator(chunk_size=100):
        if monograph.has_changes != monograph.has_unpublished_changes:
            yield f"{monograph}: whether it has unpublished changes is stored wrongly; run manage.py rerender_editions."
        if not PictureUse.objects.agrees(monograph, contents_of(monograph)):
            yield f"{monograph}: the pictures of its working copy are not those noted; run manage.py rerender_editions."
    for edition in Edition.objects.select_related("monograph").iterator(chunk_size=100):
        if not PictureUse.objects.agrees(edition.monograph, edition.contents, edition=edition):
            yield f"{edition}: its pictures are not those noted."


def _pictures():
    for picture in Picture.objects.iterator(chunk_size=1000):
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
    cards = {card.pk: card for card in Card.objects.all()}
    asking = Q(status=Review.Status.PENDING) | Q(next_wording__isnull=False) | Q(flags__status="open")
    asking |= Q(appeals__answer=None, appeals__dropped_at=None, appeals__isnull=False) | Q(pk__in=cards)
    for review in Review.objects.filter(asking).distinct().iterator(chunk_size=1000):
        needs, card = needs_of(review), cards.get(review.pk)
        stored = card and {name: getattr(card, name) for name in ("matter", "place", "since", "flag_count")}
        if needs != stored:
            yield f"Review {review.pk}: its place in the queue is not what its state asks for."


def _constraints():
    try:
        connection.check_constraints()
    except Exception as error:  # each backend raises its own kind
        yield f"Database: {error}"
