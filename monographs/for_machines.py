"""What programs get: pages of other sites may read the answers, and what is missing is said in problem details."""

from functools import wraps
from http import HTTPStatus

from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.utils.translation import gettext as _

from monographs.problems import problem

METHODS = ("GET", "HEAD", "OPTIONS")
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": ", ".join(METHODS),
    "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}


def for_machines(view):
    """Let programs of any origin read what a view answers to GET and HEAD; they get no cookie, and send none."""

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        response = _answer(view, request, args, kwargs)
        for name, value in OPEN.items():
            response.headers[name] = value
        return response

    return wrapped


def _answer(view, request, args, kwargs):
    if request.method == "OPTIONS":
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"Allow": ", ".join(METHODS), **PREFLIGHT})
    if request.method not in METHODS:
        answer = problem(HTTPStatus.METHOD_NOT_ALLOWED, _("This address can only be read."))
        answer.headers["Allow"] = HttpResponseNotAllowed(METHODS).headers["Allow"]
        return answer
    try:
        return view(request, *args, **kwargs)
    except Http404:
        return problem(HTTPStatus.NOT_FOUND, _("There is nothing public at this address."))
