"""manage.py purge_personal_data: keeps the promise about retention; run it once a day."""

from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from monographs.models import Correction, PageVote
from portal.models import Login
from reviews.models import Review, Vote

UNCONFIRMED_FOR = timedelta(days=1)
ANSWERED_FOR = timedelta(days=7)


class Command(BaseCommand):
    help = (
        "Erase the hashes of network addresses after ADDRESS_RETENTION_DAYS, reviews that nobody confirmed by e-mail "
        "within a day, and the e-mail addresses of readers whose correction was answered a week ago."
    )

    def handle(self, **options):
        now = timezone.now()
        retention = now - timedelta(days=settings.ADDRESS_RETENTION_DAYS)
        networks = sum(rows.objects.forget_networks(retention) for rows in (Review, Vote, Correction, PageVote, Login))
        unconfirmed = Review.objects.erase_unconfirmed(now - UNCONFIRMED_FOR)
        addresses = Correction.objects.forget_addresses(now - ANSWERED_FOR)
        self.stdout.write(
            f"Erased: {networks} network hashes, {unconfirmed} unconfirmed reviews, {addresses} addresses of readers."
        )
