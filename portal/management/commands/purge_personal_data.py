"""manage.py purge_personal_data: keeps the promise about retention; run it once a day."""

from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from monographs.models import Correction, PageVote, WideNetworkAct
from portal.models import Login, Phone
from reviews.models import Flag, Letter, LinkRequest, Review, Vote
from reviews.rekeying import bring_under_new_key

UNCONFIRMED_FOR = timedelta(days=1)
ANSWERED_FOR = timedelta(days=7)
LETTERS_FOR = timedelta(days=90)
ASKED_FOR = timedelta(days=1)


class Command(BaseCommand):
    help = (
        "Erase the hashes of network addresses after ADDRESS_RETENTION_DAYS, and with them the e-mail addresses of "
        "reviews that were withdrawn as long ago; reviews that nobody confirmed by e-mail within a day; the e-mail "
        "addresses of readers whose correction or report was answered a week ago; and when which letter went out after "
        "90 days. Addresses and secrets of phones kept under a former SECRET_KEY are brought under "
        "the one in force."
    )

    def handle(self, **options):
        now = timezone.now()
        retention = now - timedelta(days=settings.ADDRESS_RETENTION_DAYS)
        with_networks = (Review, Flag, Vote, Correction, PageVote, WideNetworkAct, Login)
        networks = sum(rows.objects.forget_networks(retention) for rows in with_networks)
        unconfirmed = Review.objects.erase_unconfirmed(now - UNCONFIRMED_FOR)
        addresses = Review.objects.forget_addresses(retention)
        addresses += sum(rows.objects.forget_addresses(now - ANSWERED_FOR) for rows in (Correction, Flag))
        letters = Letter.objects.erase_before(now - LETTERS_FOR) + LinkRequest.objects.erase_before(now - ASKED_FOR)
        self.stdout.write(
            f"Erased: {networks} network hashes, {unconfirmed} unconfirmed reviews, {addresses} addresses, "
            f"{letters} records of letters. Brought under the new key: {bring_under_new_key()} addresses, "
            f"{Phone.objects.seal_again()} secrets of phones."
        )
