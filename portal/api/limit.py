"""How many requests one network may make in a minute: API_PER_MINUTE, counted in the cache under a keyed hash.

Answers say what is left, as draft-ietf-httpapi-ratelimit-headers describes it. With CACHE_URL all processes count
together; a cache that each process has for itself counts for each process.
"""

import time
from functools import wraps
from http import HTTPStatus

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _

from monographs.open_forms.limits import hash_of_network
from monographs.problems import problem

SECONDS = 60


def limited(answer):
    """Let a view answer as often as the limit allows, and refuse with 429 beyond it."""

    @wraps(answer)
    def wrapped(request):
        most = settings.API_PER_MINUTE
        window, past = divmod(int(time.time()), SECONDS)
        wait = SECONDS - past
        count = _count(request, window)
        if count > most:
            response = problem(HTTPStatus.TOO_MANY_REQUESTS, _("Too many requests. Wait until the next minute."))
            response.headers["Retry-After"] = str(wait)
        else:
            response = answer(request)
        response.headers["RateLimit-Policy"] = f'"minute";q={most};w={SECONDS}'
        response.headers["RateLimit"] = f'"minute";r={max(0, most - count)};t={wait}'
        return response

    return wrapped


def _count(request, window):
    """Count this request and return how many there were in this window."""
    network = hash_of_network("api", request.META.get("REMOTE_ADDR", ""))
    key = f"api-{network[:32]}-{window}"
    cache.add(key, 0, timeout=2 * SECONDS)
    try:
        return cache.incr(key)
    except ValueError:  # the cache was full and let go of it
        return 1
