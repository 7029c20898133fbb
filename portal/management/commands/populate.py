"""manage.py populate: fills a site with synthetic rows, for measuring."""

import secrets

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from monographs.models import Edition
from monographs.populating import populate as populate_monographs
from reviews.models import Review
from reviews.populating import populate as populate_reviews


class Command(BaseCommand):
    help = "Make synthetic monographs and reviews in bulk, for measuring. Refuses a site that has reviews."

    def add_arguments(self, parser):
        parser.add_argument("--monographs", type=int, default=0, metavar="N")
        parser.add_argument("--reviews", type=int, default=0, metavar="M")
        parser.add_argument("--force", action="store_true", help="also on a site that has reviews already")

    def handle(self, *, monographs, reviews, force, **options):
        if min(monographs, reviews) < 0:
            raise CommandError("Give numbers from 0 on, such as --monographs 100 --reviews 1000.")
        if Review.objects.exists() and not force:
            raise CommandError(
                "This site has reviews. What populate makes cannot be told from what people wrote, and is not meant "
                "for a site that people use. Take an empty site, or say --force if you are sure."
            )
        _show("monographs", monographs, populate_monographs(monographs))
        editions = list(Edition.objects.in_force().order_by("pk").only("title", "monograph_id"))
        if reviews and not editions:
            raise CommandError("There is no monograph to review. Add --monographs 1, or publish one first.")
        if reviews:
            by, _is_new = User.objects.get_or_create(
                username="populate", defaults={"password": f"!{secrets.token_urlsafe()}", "is_active": False}
            )
            _show("reviews", reviews, populate_reviews(reviews, by=by, editions=editions))
        self.stdout.write(f"Made {monographs} monographs and {reviews} reviews.")


def _show(what, count, progress):
    with tqdm(total=count, unit=f" {what}", disable=None) as bar:
        for made in progress:
            bar.update(made - bar.n)
