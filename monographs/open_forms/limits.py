"""How much one network may send in an hour."""

from datetime import timedelta
from ipaddress import ip_address, ip_network

from django.utils import timezone
from django.utils.crypto import salted_hmac

HOUR = timedelta(hours=1)


class TooMany(Exception):
    """This network has sent as much as one hour allows; `again_at` is when it may send the next."""

    def __init__(self, again_at):
        self.again_at = again_at
        super().__init__(again_at)

    @property
    def seconds(self):
        """Whole seconds from now until the next may be sent; at least one."""
        return max(1, -int((timezone.now() - self.again_at).total_seconds() // 1))


class AlreadySent(Exception):
    """The same form was sent before; `sent` is what came of it."""

    def __init__(self, sent):
        self.sent = sent
        super().__init__(sent)


def hash_of_network(purpose, address):
    """Return the keyed hash of the network that an address belongs to, or "" for no address.

    One customer commonly has a whole IPv6 /64, so that is one network; an IPv4 address is one by itself. Each purpose
    has hashes of its own, so that nobody can tell that two kinds of things came from one reader.
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return ""
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    network = ip_network((parsed, 64 if parsed.version == 6 else 32), strict=False)
    return salted_hmac(f"{purpose}.network", str(network), algorithm="sha256").hexdigest()


def check_limit(earlier, *, most, sent_at):
    """Raise TooMany when `most` things were sent within the hour.

    `earlier` is what one network has sent, and `sent_at` the name of the field that says when.
    """
    recent = earlier.filter(**{f"{sent_at}__gt": timezone.now() - HOUR}).order_by(f"-{sent_at}")
    times = list(recent.values_list(sent_at, flat=True)[:most])
    if len(times) == most:
        raise TooMany(times[-1] + HOUR)
