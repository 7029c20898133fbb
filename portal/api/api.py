"""The API put together: its routers, its problems, and its OpenAPI document."""

from http import HTTPStatus

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.renderers import BaseRenderer
from pydantic import TypeAdapter
from pydantic_core import to_json

from monographs.problems import MEDIA_TYPE, problem
from portal.api import monographs, reviews, searching, topics
from portal.api.paging import NoSuchPlace
from portal.api.schemas import Problem
from portal.api.summaries import Gone

DESCRIPTION = """\
Everything that readers of this site can read, for programs. Nobody needs a key, and nothing can be changed.

Lists have pages: follow `next`, or the Link header, and do not make up cursors. Answers carry an ETag: send it back in
If-None-Match, and what has not changed is not sent again. The RateLimit header says how many requests are left in this
minute. Errors are problem details (RFC 9457).
"""
PROBLEMS = {
    HTTPStatus.BAD_REQUEST: "A parameter is not what it should be; `errors` says which.",
    HTTPStatus.NOT_FOUND: "There is nothing public at this address.",
    HTTPStatus.GONE: "The edition was withdrawn; `detail` says why.",
    HTTPStatus.TOO_MANY_REQUESTS: "Too many requests in this minute; Retry-After says how long to wait.",
}
HEADERS = {
    name: {"description": text, "schema": {"type": "string"}}
    for name, text in (
        ("ETag", "Changes with the answer. Send it back in If-None-Match."),
        ("RateLimit", "How many requests are left, and for how many seconds."),
        ("Link", "Other pages of a list."),
    )
}


class Renderer(BaseRenderer):
    """JSON as pydantic writes it: letters as they are, and times to the microsecond."""

    media_type = "application/json"

    def render(self, request, data, *, response_status):
        return to_json(data)


class ReadingAPI(NinjaAPI):
    """django-ninja's API with the conventions of this one in its document."""

    def get_openapi_schema(self, **kwargs):
        schema = super().get_openapi_schema(**kwargs)
        schema["servers"] = [{"url": settings.SITE_URL}]
        components = schema["components"]
        components["schemas"]["Problem"] = TypeAdapter(Problem).json_schema()
        components["responses"] = {_name(status): _told(text) for status, text in PROBLEMS.items()}
        for address, methods in schema["paths"].items():
            self._describe(methods["get"], is_of_monograph="/monographs/{slug}" in address)
        return schema

    def _describe(self, operation, *, is_of_monograph):
        for parameter in operation["parameters"]:
            parameter["schema"] = _without_null(parameter["schema"])
        responses = operation["responses"]
        responses["200"] = {**responses.pop(HTTPStatus.OK), "headers": HEADERS}
        if is_of_monograph:
            responses["301"] = {"description": "The monograph has another address now."}
        responses["304"] = {"description": "Nothing has changed."}
        for status in PROBLEMS:
            if is_of_monograph or status != HTTPStatus.GONE:
                responses[str(status.value)] = {"$ref": f"#/components/responses/{_name(status)}"}


def _without_null(schema):
    """Return what a parameter may be; that it may be left out is said elsewhere."""
    choices = schema.pop("anyOf", [])
    return {**(choices[0] if choices else {}), **schema}


def _name(status):
    return status.name.title().replace("_", "")


def _told(text):
    return {"description": text, "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}


api = ReadingAPI(
    title=f"{settings.SITE_NAME}: API",
    version="1",
    description=DESCRIPTION,
    openapi_url=None,
    docs_url=None,
    renderer=Renderer(),
    urls_namespace="api",
)
for part in (monographs, reviews, topics, searching):
    api.add_router("", part.router)


@api.exception_handler(Http404)
def tell_missing(request, error):
    return problem(HTTPStatus.NOT_FOUND, _("There is nothing public at this address."))


@api.exception_handler(NoSuchPlace)
def tell_no_such_place(request, error):
    return problem(HTTPStatus.NOT_FOUND, _("No page begins there. Follow `next` of the page before."))


@api.exception_handler(Gone)
def tell_gone(request, error):
    withdrawal = error.edition.withdrawn
    return problem(HTTPStatus.GONE, withdrawal.reason, withdrawn_at=withdrawal.at.isoformat())


@api.exception_handler(ValidationError)
def tell_wrong_parameters(request, error):
    errors = [{"parameter": str(each["loc"][-1]), "reason": each["msg"]} for each in error.errors]
    names = ", ".join(dict.fromkeys(each["parameter"] for each in errors))
    return problem(HTTPStatus.BAD_REQUEST, _("Not what it should be: %(names)s") % {"names": names}, errors=errors)
