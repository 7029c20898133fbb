"""How often one network may ask for what stores nothing: counted in the cache, under a keyed hash.

With CACHE_URL all processes count together; a cache that each process has for itself counts for each process.
"""

import time
from dataclasses import dataclass

from django.core.cache import cache

from monographs.open_forms.limits import hash_of_network

SECONDS = 60


@dataclass(frozen=True)
class Minute:
    """The minute that a request falls into: how many of its kind there were, and the seconds that are left of it."""

    count: int
    wait: int


def count_in_minute(purpose, request):
    """Count this request of its network, and return the Minute with it."""
    number, past = divmod(int(time.time()), SECONDS)
    network = hash_of_network(purpose, request.META.get("REMOTE_ADDR", ""))
    key = f"{purpose}-{network[:32]}-{number}"
    cache.add(key, 0, timeout=2 * SECONDS)
    try:
        count = cache.incr(key)
    except ValueError:  # the cache was full and let go of it
        count = 1
    return Minute(count, SECONDS - past)
