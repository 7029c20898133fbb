"""manage.py purge_personal_data: keeps the promise about retention; run it once a day."""

from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from reviews.models import Review

UNCONFIRMED_FOR = timedelta(days=1)


class Command(BaseCommand):
    help = (
        "Erase the hashes of network addresses after ADDRESS_RETENTION_DAYS, and reviews that nobody confirmed by "
        "e-mail within a day."
    )

    def handle(self, **options):
        now = timezone.now()
        networks = Review.objects.forget_networks(now - timedelta(days=settings.ADDRESS_RETENTION_DAYS))
        unconfirmed = Review.objects.erase_unconfirmed(now - UNCONFIRMED_FOR)
        self.stdout.write(f"Erased: {networks} network hashes, {unconfirmed} unconfirmed reviews.")
