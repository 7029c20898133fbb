"""manage.py send_digests: tells people what waits for them; run it once a day or a week."""

from django.core.management.base import BaseCommand

from monographs import waiting
from reviews import digest
from reviews.mail import deliver_due


class Command(BaseCommand):
    help = (
        "Send editors and publishers what waits: requests for publication, and pages whose review is overdue or due "
        "within 60 days; and moderators how many reviews wait, since when, and whether one may speak of danger to "
        "life. When nothing waits, nothing is sent. Letters about reviews that failed before, or were not sent because "
        "the server stopped, are sent now."
    )

    def handle(self, **options):
        sent, failed = deliver_due()
        digests = waiting.send_digests() + digest.send_digests()
        self.stdout.write(f"Sent: {digests} digests, {sent} letters; {failed} letters failed.")
