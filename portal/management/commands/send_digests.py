"""manage.py send_digests: tells people what waits for them; run it once a day or a week."""

from django.core.management.base import BaseCommand

from monographs.waiting import send_digests
from reviews.mail import deliver_due


class Command(BaseCommand):
    help = (
        "Send editors and publishers what waits: requests for publication, and pages whose review is overdue or due "
        "within 60 days. When nothing waits, nothing is sent. Letters about reviews that failed before are sent again."
    )

    def handle(self, **options):
        sent, failed = deliver_due()
        self.stdout.write(f"Sent: {send_digests()} digests, {sent} letters; {failed} letters failed.")
