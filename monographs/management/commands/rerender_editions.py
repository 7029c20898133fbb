"""manage.py rerender_editions: HTML again from source, after the renderer has changed."""

from django.core.management.base import BaseCommand
from tqdm import tqdm

from monographs.models import Edition
from monographs.publishing import render_sections


class Command(BaseCommand):
    help = "Make the HTML of every edition again from its frozen source. The source and its digest stay as they are."

    def handle(self, **options):
        changed = 0
        editions = Edition.objects.order_by("pk")
        for edition in tqdm(editions.iterator(chunk_size=100), total=editions.count(), disable=None, unit="edition"):
            sections = render_sections(edition.contents)[0]
            if sections != edition.sections:
                Edition.objects.replace_html(edition, sections)
                changed += 1
        self.stdout.write(f"{changed} editions have new HTML.")
