"""What several processes keep together in Redis: finished pages, and counts of requests.

Nothing in it is needed. While Redis does not answer, each process keeps and counts for itself, and it tries again
every few seconds. Only bytes, text and whole numbers are stored, so that whoever can write to Redis cannot make the
site run anything, as pickles would.
"""

import logging
import time
from functools import cache

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis import RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from portal.own_cache import OwnCache

logger = logging.getLogger("portal.cache")

PAUSE = 5
"""Seconds after which Redis is tried again."""

PATIENCE = 1
"""Seconds that Redis may take."""


class Serializer:
    """Bytes and text with a letter before them; whole numbers as they are, so that Redis can count."""

    def dumps(self, value):
        if type(value) is int:
            return value
        if isinstance(value, bytes):
            return b"b" + value
        if isinstance(value, str):
            return b"s" + value.encode()
        raise TypeError(f"The cache holds bytes, text and whole numbers, not {type(value).__name__}.")

    def loads(self, data):
        kind, content = data[:1], data[1:]
        if kind == b"b":
            return content
        return content.decode() if kind == b"s" else int(data)


@cache
def _client(address):
    """Return what all threads of the process ask one server with; there are many threads, and few ask at once."""
    return RedisCacheClient(
        [address],
        serializer=Serializer,
        # Once more at once, for a connection that a restarted server has forgotten; then the page does not wait.
        retry=Retry(NoBackoff(), 1),
        socket_connect_timeout=PATIENCE,
        socket_timeout=PATIENCE,
    )


class SharedCache(RedisCache):
    """Django's cache in Redis, with one of the process's own to fall back on."""

    _away_until = None  # of all threads of the process; each has a SharedCache of its own

    def __init__(self, server, params):
        super().__init__(server, params)
        self._own = OwnCache("fallback", params)

    @property
    def _cache(self):
        return _client(*self._servers)

    @property
    def is_away(self):
        """Whether Redis did not answer when it was last tried."""
        return self._away_until is not None

    def _ask(self, name, *args, **kwargs):
        until = self._away_until
        if until is None or time.monotonic() >= until:
            try:
                answer = getattr(super(), name)(*args, **kwargs)
            except RedisError as error:
                if not self.is_away:
                    logger.error("The cache does not answer (%s): each process keeps for itself.", type(error).__name__)
                SharedCache._away_until = time.monotonic() + PAUSE
            else:
                if self.is_away:
                    logger.warning("The cache answers again.")
                    SharedCache._away_until = None
                return answer
        return getattr(self._own, name)(*args, **kwargs)

    def get(self, key, default=None, version=None):
        return self._ask("get", key, default, version)

    def set(self, key, *args, **kwargs):
        return self._ask("set", key, *args, **kwargs)

    def add(self, key, *args, **kwargs):
        return self._ask("add", key, *args, **kwargs)

    def incr(self, key, delta=1, version=None):
        return self._ask("incr", key, delta, version)
