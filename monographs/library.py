"""The picture library: what is chosen from in the editor, and the Markdown that shows a picture."""

import re

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from monographs.editor import refusal_for
from monographs.models import Picture

ON_A_PAGE = 24


@require_safe
@never_cache
def choices(request):
    """Pictures to choose from, newest first, with every word of `q`; `after` of them are left out. A fragment."""
    if refusal := refusal_for(request.user):
        return HttpResponse(refusal, status=403, content_type="text/plain; charset=utf-8")
    query, after = request.GET.get("q", "").replace("\0", "")[:200], request.GET.get("after", "")
    start = int(after) if re.fullmatch(r"\d{1,6}", after, re.ASCII) else 0
    pictures = list(Picture.objects.searched(query)[start : start + ON_A_PAGE + 1])
    return render(
        request,
        "admin/monographs/picture/choices.html",
        {
            "pictures": pictures[:ON_A_PAGE],
            "query": query,
            "is_first": start == 0,
            "next": start + ON_A_PAGE if len(pictures) > ON_A_PAGE else None,
        },
    )


urlpatterns = [path("library/", choices, name="editor_library")]
