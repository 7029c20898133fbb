"""Pages of lists: where the next one is, in the answer and in the Link header (RFC 8288)."""

from typing import Annotated

from django.http import Http404
from ninja import Query

from monographs.addresses import absolute

Limit = Annotated[int, Query(ge=1, le=100, description="How many items a page has at most.")]
Key = Annotated[int, Query(ge=1, le=2**31 - 1)]


class NoSuchPlace(Http404):
    """A cursor that no page gave."""


def page(request, response, items, **cursor):
    """Return a Page. `cursor` names the parameter with which the next page begins; its value is None on the last."""
    ((name, value),) = cursor.items()
    links = [_link(request, "first", **{name: None})]
    following = None
    if value is not None:
        following = _address(request, **{name: value})
        links.append(_link(request, "next", **{name: value}))
    response.headers["Link"] = ", ".join(links)
    return {"items": items, "next": following}


def _link(request, relation, **changed):
    return f'<{_address(request, **changed)}>; rel="{relation}"'


def _address(request, **changed):
    """Return the address that was asked, with other values of some parameters; None takes one away."""
    query = request.GET.copy()
    for name, value in changed.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    return absolute(f"{request.path}?{query.urlencode()}" if query else request.path)
