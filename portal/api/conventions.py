"""What every answer below /api/ keeps to: readable from everywhere, limited, tagged, and problems in one form."""

import hashlib
from functools import wraps
from http import HTTPStatus

from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _

from monographs.for_machines import for_machines
from monographs.problems import MEDIA_TYPE, problem
from portal.api.limit import limited

PREFIX = "/api/"
SENTENCES = {
    HTTPStatus.NOT_FOUND: _("There is nothing public at this address."),
    HTTPStatus.INTERNAL_SERVER_ERROR: _("Something went wrong here. It has been noted."),
    HTTPStatus.SERVICE_UNAVAILABLE: _("This cannot be done at the moment. Try again in a minute."),
}


def api_conventions(get_response):
    """Middleware; addresses elsewhere pass it by."""
    answer = for_machines(limited(_tagged(_in_problems(get_response))))

    def middleware(request):
        return answer(request) if request.path.startswith(PREFIX) else get_response(request)

    return middleware


def _in_problems(get_response):
    """Turn every error, whoever made it, into problem details."""

    @wraps(get_response)
    def wrapped(request):
        response = get_response(request)
        is_told = response.headers.get("Content-Type", "").startswith(MEDIA_TYPE)
        if response.status_code < HTTPStatus.BAD_REQUEST or is_told:
            return response
        told = problem(response.status_code, SENTENCES.get(response.status_code, response.reason_phrase))
        if "Retry-After" in response.headers:
            told.headers["Retry-After"] = response.headers["Retry-After"]
        return told

    return wrapped


def _tagged(get_response):
    """Give answers an ETag, answer 304 to whoever has them, and HEAD with the headers of GET."""

    @wraps(get_response)
    def wrapped(request):
        method, request.method = request.method, "GET"
        response = get_response(request)
        if response.status_code == HTTPStatus.OK:
            response.headers["ETag"] = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
            response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
            response = get_conditional_response(request, etag=response.headers["ETag"], response=response)
        request.method = method
        if method == "HEAD":
            response.headers["Content-Length"] = str(len(response.content))
            response.content = b""
        return response

    return wrapped
