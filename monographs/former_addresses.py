"""Old addresses lead to the new ones."""

from functools import wraps

from django.http import Http404, HttpResponsePermanentRedirect
from django.urls import reverse

from monographs.models import FormerSlug


def follow_former_slug(view):
    """Let a view whose address has a monograph's slug answer a former one with a redirect to the present one.

    Only what would be missing is looked up, so present addresses cost nothing more.
    """

    @wraps(view)
    def wrapped(request, slug, **kwargs):
        try:
            return view(request, slug, **kwargs)
        except Http404:
            former = FormerSlug.objects.filter(slug=slug).select_related("monograph").first()
            if former is None:
                raise
        match = request.resolver_match
        address = reverse(match.view_name, kwargs={**match.kwargs, "slug": former.monograph.slug})
        query = request.META.get("QUERY_STRING")
        return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)

    return wrapped
