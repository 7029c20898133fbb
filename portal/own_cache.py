"""What a process keeps for itself of finished pages and counts of requests, where there is no Redis or it is gone."""

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache

MOST_BYTES = 2_000_000
"""Pages that are in demand are kept at the front door as well; each commit that a page shows leaves an old one here."""


class OwnCache(LocMemCache):
    """Django's cache in memory, bounded in bytes too: what was asked for longest ago goes first."""

    def _set(self, key, value, timeout=DEFAULT_TIMEOUT):
        super()._set(key, value, timeout)
        size = sum(map(len, self._cache.values()))
        while size > MOST_BYTES:
            oldest = next(reversed(self._cache))
            size -= len(self._cache[oldest])
            self._delete(oldest)
