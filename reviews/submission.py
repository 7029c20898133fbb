"""How a review comes in: counted against the hour's limit, screened, stored once, and acknowledged."""

from datetime import timedelta
from functools import partial
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from reviews import mail
from reviews.models import Review
from reviews.screening import screen

HOUR = timedelta(hours=1)


class TooMany(Exception):
    """This network has sent as many reviews as one hour allows; `again_at` is when it may send the next."""

    def __init__(self, again_at):
        self.again_at = again_at
        super().__init__(again_at)


class AlreadySent(Exception):
    """The same form was sent before; `review` is what came of it."""

    def __init__(self, review):
        self.review = review
        super().__init__(review)


def network_hash(address):
    """Return the keyed hash of the network that an address belongs to, or "" for no address.

    One customer commonly has a whole IPv6 /64, so that is one network; an IPv4 address is one by itself.
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return ""
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    network = ip_network((parsed, 64 if parsed.version == 6 else 32), strict=False)
    return salted_hmac("reviews.network", str(network), algorithm="sha256").hexdigest()


def submit(review, *, address):
    """Store a review that a reader has written. Raises TooMany or AlreadySent, and then stores nothing."""
    others = {name: getattr(review, name) for name in ("author_name", "reason_for_use", "form_taken")}
    review.findings = [finding.as_data() for finding in screen(review.title, review.body, **others).findings]
    review.network_hash = network_hash(address)
    if settings.REVIEWS_CONFIRM_EMAIL:
        review.status = Review.Status.UNCONFIRMED
    with transaction.atomic():
        for key in filter(None, [review.network_hash, review.form_key and review.form_key.hex]):
            _one_at_a_time(key)
        if review.form_key and (sent := Review.objects.filter(form_key=review.form_key).first()):
            raise AlreadySent(sent)
        _check_limit(review.network_hash)
        review.save(force_insert=True)
        transaction.on_commit(partial(mail.send_receipt, review))


def _one_at_a_time(key):
    # SQLite lets one writer in at a time from the start of its transaction. PostgreSQL has to be asked to, so that
    # two threads cannot both look before either has stored.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(key[:15], 16)])


def _check_limit(network):
    if not network:
        return
    most = settings.REVIEWS_PER_HOUR
    recent = Review.objects.filter(network_hash=network, submitted_at__gt=timezone.now() - HOUR)
    times = list(recent.order_by("-submitted_at").values_list("submitted_at", flat=True)[:most])
    if len(times) == most:
        raise TooMany(times[-1] + HOUR)
