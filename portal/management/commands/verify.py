"""manage.py verify: does what is stored agree with itself?"""

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from monographs.models import Edition, Picture, SignOff, Standing
from monographs.publishing import digest_of, render_sections
from reviews.models import Tally


class Command(BaseCommand):
    help = "Recompute digests, HTML and tallies, check constraints and files; exit 1 and name each difference."

    def handle(self, **options):
        differences = [*_editions(), *_sign_offs(), *_standings(), *_pictures(), *_tallies(), *_constraints()]
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


def _pictures():
    for picture in Picture.objects.iterator(chunk_size=1000):
        for name in picture.file_names():
            if not default_storage.exists(name):
                yield f"Picture {picture}: the file {settings.MEDIA_URL}{name} is missing."


def _tallies():
    for tally in Tally.objects.differing_from_reviews():
        yield f"Tally of {tally.monograph}: it does not agree with its approved reviews."


def _constraints():
    try:
        connection.check_constraints()
    except Exception as error:  # each backend raises its own kind
        yield f"Database: {error}"
