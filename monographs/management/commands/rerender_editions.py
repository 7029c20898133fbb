"""manage.py rerender_editions: HTML again from source, after the renderer has changed, and what else is derived."""

from django.core.management.base import BaseCommand
from django.db import transaction
from tqdm import tqdm

from monographs.models import Edition, Monograph
from monographs.publishing import render_sections, take_stock


class Command(BaseCommand):
    help = (
        "Make the HTML of every edition again from its frozen source, note anew whether working copies have "
        "unpublished changes and which pictures they show, and store the frames of pages that are not those of this "
        "release. Texts and digests stay as they are."
    )

    def handle(self, **options):
        changed = 0
        editions = Edition.objects.order_by("pk")
        for edition in tqdm(editions.iterator(chunk_size=100), total=editions.count(), disable=None, unit="edition"):
            sections = render_sections(edition.contents)[0]
            if sections != edition.sections:
                Edition.objects.replace_html(edition, sections)
                changed += 1
        self.stdout.write(f"{changed} editions have new HTML.")
        for key in Monograph.objects.order_by("pk").values_list("pk", flat=True):
            with transaction.atomic():
                take_stock(Monograph.objects.select_for_update().get(pk=key))
