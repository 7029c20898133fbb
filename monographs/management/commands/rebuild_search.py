"""manage.py rebuild_search: the search index again from the editions."""

from django.core.management.base import BaseCommand
from tqdm import tqdm

from monographs import search


class Command(BaseCommand):
    help = "Make the search index again from what readers can find. They can search meanwhile."

    def add_arguments(self, parser):
        parser.add_argument(
            "--from-nothing",
            action="store_true",
            help="drop the index first, where the database calls it malformed; until this is done little is found",
        )

    def handle(self, *, from_nothing, **options):
        if from_nothing:
            search.empty()
        count = 0
        for _key in tqdm(search.rebuild(), total=search.size(), disable=None, unit=" things"):
            count += 1
        self.stdout.write(f"{count} editions and reviews can be found.")
