"""Pasting records: what the script of the form asks, and a page of its own that needs no script."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from monographs.checklist.posted import rows_of
from monographs.editor import refusal_for
from monographs.references.adding import add_references, keys_in, propose


class RecordForm(forms.Form):
    """The box for records."""

    record = forms.CharField(
        label=gettext_lazy("Records"),
        help_text=gettext_lazy("BibTeX, RIS, CSL-JSON, or citations as PubMed shows them, one or several."),
        widget=forms.Textarea(attrs={"rows": 12, "cols": 80, "spellcheck": "false"}),
        strip=False,
        error_messages={"required": gettext_lazy("Paste a record first.")},
    )


@require_POST
@never_cache
def read_records_for_form(request):
    """Read `record`; answer the rows to add to the references that are posted with it, and sentences about the rest."""
    if refusal := refusal_for(request.user):
        return JsonResponse({"message": refusal}, status=403)
    listed = [
        {name: row.get(name, "").strip() for name in ("key", "doi", "pmid")}
        for _number, row in rows_of(request.POST, "references")
    ]
    proposal = propose(request.POST.get("record", ""), listed)
    return JsonResponse(
        {
            "rows": proposal.rows,
            "problems": proposal.problems,
            "duplicates": proposal.duplicates,
            "message": _added(proposal.rows) if proposal.rows else "",
        }
    )


def _added(rows):
    sentence = ngettext("%(count)d reference: %(keys)s.", "%(count)d references: %(keys)s.", len(rows))
    return sentence % {"count": len(rows), "keys": keys_in(rows)}


@require_http_methods(["GET", "HEAD", "POST"])
def add_references_page(request, admin, object_id):
    """Add references to the working copy from a text that is pasted; with any problem, nothing is added."""
    monograph = admin.get_object(request, object_id)
    if monograph is None:
        raise Http404
    if not (admin.has_change_permission(request, monograph) and request.user.has_perm("monographs.add_reference")):
        raise PermissionDenied
    form = RecordForm(request.POST or None)
    proposal = None
    if form.is_valid():
        proposal = add_references(monograph, form.cleaned_data["record"], by=request.user)
        if proposal.rows and not proposal.problems:
            return _added_to(admin, request, monograph, proposal)
    return TemplateResponse(
        request,
        "admin/monographs/monograph/add_references.html",
        {
            **admin.admin_site.each_context(request),
            "opts": admin.opts,
            "title": _("Add references from a record"),
            "subtitle": monograph.title,
            "monograph": monograph,
            "form": form,
            "proposal": proposal,
        },
    )


def _added_to(admin, request, monograph, proposal):
    added = _("Added to the working copy: %(added)s") % {"added": _added(proposal.rows)}
    admin.log_change(request, monograph, added)
    messages.success(request, added)
    for sentence in proposal.duplicates:
        messages.info(request, sentence)
    return HttpResponseRedirect(reverse("admin:monographs_monograph_change", args=[monograph.pk]) + "#references-group")


urlpatterns = [path("references/", read_records_for_form, name="editor_references")]
