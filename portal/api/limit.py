"""How many requests one network may make in a minute: API_PER_MINUTE.

Answers say what is left, as draft-ietf-httpapi-ratelimit-headers describes it.
"""

from functools import wraps
from http import HTTPStatus

from django.conf import settings
from django.utils.translation import gettext as _

from monographs.open_forms.minute import SECONDS, count_in_minute
from monographs.problems import problem


def limited(answer):
    """Let a view answer as often as the limit allows, and refuse with 429 beyond it."""

    @wraps(answer)
    def wrapped(request):
        most = settings.API_PER_MINUTE
        minute = count_in_minute("api", request)
        if minute.count > most:
            response = problem(HTTPStatus.TOO_MANY_REQUESTS, _("Too many requests. Wait until the next minute."))
            response.headers["Retry-After"] = str(minute.wait)
        else:
            response = answer(request)
        response.headers["RateLimit-Policy"] = f'"minute";q={most};w={SECONDS}'
        response.headers["RateLimit"] = f'"minute";r={max(0, most - minute.count)};t={minute.wait}'
        return response

    return wrapped
