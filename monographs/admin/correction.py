"""Corrections from readers in the admin: a queue, and a page on which an editor answers one."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.admin.long_list import LongList
from monographs.models import Correction, Edition
from monographs.typed_field import TypedField


class AnswerForm(forms.Form):
    """What the editors answer; the button that is pressed says whether the text will be mended."""

    answer = TypedField(
        has_lines=True,
        label=gettext_lazy("Your answer"),
        help_text=gettext_lazy("Kept in the monograph’s log, and sent to the reader where they left an address."),
        widget=forms.Textarea(attrs={"rows": 5, "cols": 80}),
        max_length=Correction._meta.get_field("answer").max_length,
        error_messages={"required": gettext_lazy("Write an answer: what will change, or why nothing does.")},
    )


@admin.register(Correction)
class CorrectionAdmin(LongList, admin.ModelAdmin):
    """What readers reported. Whoever may write the text may answer; nobody adds, changes or deletes a report."""

    list_display = ["excerpt", "edition", "place", "status", "sent_at", "answered_by"]
    list_select_related = ["edition", "answered_by"]
    list_filter = ["status"]
    search_fields = ["edition__title", "heading", "text"]

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        return queryset.defer(*(f"edition__{name}" for name in Edition.HEAVY))

    @admin.display(description=gettext_lazy("report"))
    def excerpt(self, correction):
        return Truncator(correction.text).chars(90)

    @admin.display(description=gettext_lazy("section"))
    def place(self, correction):
        return correction.place

    def lookup_allowed(self, lookup, value, request=None):
        return lookup in ("edition__monograph__id__exact", "status__exact")

    def change_view(self, request, object_id, form_url="", extra_context=None):
        correction = self.get_object(request, object_id)
        if not self.has_view_permission(request, correction):
            raise PermissionDenied
        if correction is None:
            raise Http404
        form = AnswerForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            verb = correction.accept if "accept" in request.POST else correction.decline
            try:
                verb(by=request.user, answer=form.cleaned_data["answer"])
            except Correction.AlreadyAnswered as error:
                correction = error.correction
            else:
                return self._answered(request, correction)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Correction from a reader"),
            "subtitle": str(correction),
            "correction": correction,
            "form": form,
            "too_late": form.is_bound and not correction.is_open,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/monographs/correction/correction.html", context)

    def _answered(self, request, correction):
        self.log_change(request, correction, correction.sentence)
        text = _("The report is answered.")
        if correction.status == Correction.Status.ACCEPTED:
            address = reverse("admin:monographs_monograph_change", args=[correction.edition.monograph_id])
            text = format_html('{} <a href="{}">{}</a>', text, address, _("Mend the text"))
        messages.success(request, text)
        return HttpResponseRedirect(reverse("admin:monographs_correction_changelist") + "?status__exact=open")

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("monographs.change_monograph")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
