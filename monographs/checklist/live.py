"""The checklist of a text while it is written."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from monographs.checklist.posted import read_form
from monographs.editor import refusal_for


@require_POST
@never_cache
def checklist(request):
    """The checklist of the form that is posted, as a fragment; nothing is saved."""
    if refusal := refusal_for(request.user):
        return HttpResponse(refusal, status=403, content_type="text/plain; charset=utf-8")
    return render(request, "admin/monographs/_checklist.html", {"checklist": read_form(request.POST).checklist()})


urlpatterns = [path("checklist/", checklist, name="editor_checklist")]
