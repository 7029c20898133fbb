"""How much one network may send."""

from datetime import timedelta
from ipaddress import ip_address, ip_network

from django.utils import timezone
from django.utils.crypto import salted_hmac

from monographs.models import WideNetworkAct

HOUR = timedelta(hours=1)

WIDE = 48
"""The prefix of the IPv6 networks that providers commonly give to one customer at most."""

WIDER = 10
"""How many times as much as a single network a wide one may send."""


class TooMany(Exception):
    """This network has sent as much as it may for a while; `again_at` is when it may send the next."""

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
    parsed = _parsed(address)
    return _hash(purpose, parsed, 64 if parsed.version == 6 else 32) if parsed else ""


def _parsed(address):
    """Return an address of IPv4 or IPv6, or None for none; one of IPv4 within IPv6 is the former."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return None
    return getattr(parsed, "ipv4_mapped", None) or parsed


def _hash(purpose, address, prefix):
    network = ip_network((address, prefix), strict=False)
    return salted_hmac(f"{purpose}.network", str(network), algorithm="sha256").hexdigest()


def check_limit(earlier, *, most, sent_at, within=HOUR):
    """Raise TooMany when `most` things were sent within an hour, or `within` another time.

    `earlier` is what one network has sent, and `sent_at` the name of the field that says when.
    """
    recent = earlier.filter(**{f"{sent_at}__gt": timezone.now() - within}).order_by(f"-{sent_at}")
    times = list(recent.values_list(sent_at, flat=True)[:most])
    if len(times) == most:
        raise TooMany(times[-1] + within)


def count_sent(purpose, address, earlier, *, most, sent_at):
    """Do what `check_limit` does for a network, and `count_wide` for the /48 of the address in it."""
    check_limit(earlier, most=most, sent_at=sent_at)
    count_wide(purpose, address, most=WIDER * most)


def count_wide(purpose, address, *, most, within=HOUR):
    """Count what is sent from an IPv6 address for its /48; nothing for others. Raises TooMany as `check_limit` does.

    Whoever has a whole /48, as many do, would else have 65,536 networks. Call it in the transaction that stores what
    was sent.
    """
    check_wide(purpose, address, most=most, within=within)
    if network := _wide(purpose, address):
        WideNetworkAct.objects.create(network_hash=network)


def check_wide(purpose, address, *, most, within=HOUR):
    """Raise TooMany when `count_wide` would, and count nothing."""
    if network := _wide(purpose, address):
        check_limit(WideNetworkAct.objects.filter(network_hash=network), most=most, sent_at="at", within=within)


def count_wide_back(purpose, address):
    """Take back what was counted last for the /48 of an address."""
    acts = WideNetworkAct.objects.filter(network_hash=_wide(purpose, address))
    if last := acts.order_by("-at").first():
        last.delete()


def _wide(purpose, address):
    parsed = _parsed(address)
    return _hash(purpose, parsed, WIDE) if parsed and parsed.version == 6 else ""
