"""The Preview and Publish pages of a monograph."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from monographs.changes import compare
from monographs.models import Edition, Monograph
from monographs.publishing import draft_of


class PublishForm(forms.Form):
    """What the publisher says about the edition, and which text they looked at."""

    note = forms.CharField(
        label=gettext_lazy("What changed?"),
        help_text=gettext_lazy("One or two sentences for readers. They appear in the public history."),
        widget=forms.Textarea(attrs={"rows": 3, "cols": 80}),
        max_length=Edition._meta.get_field("note").max_length,
        error_messages={"required": gettext_lazy("Say what changed, for the public history.")},
    )
    digest = forms.CharField(widget=forms.HiddenInput, required=False)


def _monograph_or_404(admin, request, object_id):
    monograph = admin.get_object(request, object_id)
    if monograph is None:
        raise Http404
    return monograph


@require_safe
def preview_page(request, admin, object_id):
    """The working copy as readers would see it: the same template, for staff only."""
    monograph = _monograph_or_404(admin, request, object_id)
    if not admin.has_view_permission(request, monograph):
        raise PermissionDenied
    draft, _problems = draft_of(monograph)
    draft.published_at = draft.public_from = timezone.now()
    return render(
        request,
        "monographs/monograph_page.html",
        {"edition": draft, "edition_count": draft.number, "is_preview": True},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def publish_page(request, admin, object_id):
    """Show what publishing would change, ask what to call it, and publish."""
    monograph = _monograph_or_404(admin, request, object_id)
    if not admin.has_publish_permission(request):
        raise PermissionDenied
    form = PublishForm(request.POST or None)
    refusals = []
    if request.method == "POST" and form.is_valid():
        try:
            edition = monograph.publish(by=request.user, **form.cleaned_data)
        except Monograph.CannotPublish as error:
            refusals = error.problems
        else:
            return _published(admin, request, monograph, edition)
    draft, found = draft_of(monograph)
    latest = monograph.latest_edition
    form.data = form.data and {**form.data.dict(), "digest": draft.digest}
    form.initial["digest"] = draft.digest
    return TemplateResponse(
        request,
        "admin/monographs/monograph/publish.html",
        {
            **admin.admin_site.each_context(request),
            "opts": admin.opts,
            "title": _("Publish edition %(number)d") % {"number": draft.number},
            "subtitle": monograph.title,
            "monograph": monograph,
            "form": form,
            "problems": refusals or found,
            "can_publish": not found,
            "draft": draft,
            "latest": latest,
            "changes": compare(latest and latest.contents, draft.contents),
            "media": form.media,
        },
    )


def _published(admin, request, monograph, edition):
    text = _("Edition %(number)d is public.") % {"number": edition.number}
    admin.log_change(request, monograph, text)
    link = format_html('<a href="{}">{}</a>', monograph.get_absolute_url(), _("See the page"))
    messages.success(request, format_html("{} {}", text, link))
    return HttpResponseRedirect(reverse("admin:monographs_monograph_change", args=[monograph.pk]))
