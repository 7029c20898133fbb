"""Two editors at once: a save never overwrites what its sender has not seen.

The form carries a stamp of the text that it was opened with. When the stored text is another by the time of a save,
the save is refused once, with what others changed beside what was typed; saving again after looking goes through.
"""

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _

from monographs.admin.differences import Describer
from monographs.admin.merging import Who, merge
from monographs.admin.presence import who_saved
from monographs.admin.sheets import MAIN, as_data, digest_of, rows_of_stamp, sheet_of, stamp_of
from monographs.forms import MonographForm
from monographs.models import Monograph

MOST_OPENED = 500
"""Texts as opened that are looked at, of one form."""


class HiddenField(forms.CharField):
    """Travels with the form and is no part of its text."""

    widget = forms.HiddenInput
    is_no_text = True

    def __init__(self):
        super().__init__(required=False)

    def has_changed(self, initial, data):
        return False


class GuardedForm(MonographForm):
    """The form with the stamp of its text and the names of the browser's drafts of it.

    `refusal` is why it is not saved this time.
    """

    refusal = None
    stamp = HiddenField()
    draft = HiddenField()

    def clean(self):
        super().clean()
        if self.refusal:
            raise forms.ValidationError(self.refusal, code="conflict")


class ConflictsMixin:
    """An admin of the working copy whose form is a GuardedForm."""

    def get_fields(self, request, obj=None):
        fields = super().get_fields(request, obj)
        is_read_only = obj and not self.has_change_permission(request, obj)
        return [name for name in fields if name not in ("stamp", "draft")] if is_read_only else fields

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.refusal = getattr(request, "refusal", None)
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if object_id and request.method == "POST":
            with transaction.atomic():
                return self._save_or_refuse(request, object_id, form_url, extra_context)
        response = super().changeform_view(request, object_id, form_url, extra_context)
        context = getattr(response, "context_data", None)
        if object_id and context and context["has_change_permission"]:
            # The stamp is of the very forms that the page shows: a later reading might say more than they do.
            form = context["adminform"].form
            inlines = [inline for inline in context["inline_admin_formsets"] if inline.has_change_permission]
            sheet = sheet_of(form, [inline.formset for inline in inlines])
            form.initial["stamp"] = stamp_of(sheet, form.instance.changed_at)
        return response

    def _save_or_refuse(self, request, object_id, form_url, extra_context):
        monograph = self.get_object(request, unquote(object_id))
        if monograph and self.has_change_permission(request, monograph):
            # Nobody else saves until this save is done or refused; what they saved before it is read after this line.
            Monograph.objects.select_for_update().get(pk=monograph.pk)
            conflict = self._conflict(request, self.get_object(request, unquote(object_id)))
            if conflict and not conflict.is_typed:
                words = _("There was nothing to save."), conflict.who_saved, _("You see it as it is now.")
                messages.info(request, " ".join(words))
                return HttpResponseRedirect(request.get_full_path())
            if conflict:
                request.refusal = _("Your text is not saved yet. Look at the differences below, then save again.")
                extra_context = {**(extra_context or {}), "conflict": conflict}
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _conflict(self, request, monograph):
        """Return the Conflict between what was sent and what is stored, or None; what was sent then holds both."""
        form_class = self.get_form(request, monograph, change=True)
        form, formsets = form_class(instance=monograph), list(self._formsets(request, monograph))
        stored = sheet_of(form, formsets)
        stamp = stamp_of(stored, monograph.changed_at)
        opened = rows_of_stamp(request.POST.get("stamp", ""))
        if _in_order(opened) == _in_order(rows_of_stamp(stamp)):
            return None
        sent_form = form_class(request.POST, request.FILES, instance=monograph)
        sent = sheet_of(sent_form, list(self._formsets(request, monograph, is_sent=True)))
        merged = merge(opened, stored, sent)
        if not merged.by(Who.OTHERS, Who.BOTH):
            return None
        request.POST = as_data(request.POST, merged.rows, formsets)
        for difference in merged.by(Who.OTHERS):
            if difference.group == MAIN:
                request.POST.pop(difference.name, None)
                if difference.stored:
                    request.POST.setlist(difference.name, list(difference.stored))
        request.POST["stamp"] = stamp
        return Describer(form, formsets, _opened_texts(request)).conflict(merged, who_saved(monograph, request.user))

    def _formsets(self, request, monograph, is_sent=False):
        """Yield the formsets of those rows that this user may change, as they are stored or as they were sent."""
        for formset_class, inline in self.get_formsets_with_inlines(request, monograph):
            if inline.has_change_permission(request, monograph):
                options = {"instance": monograph, "queryset": inline.get_queryset(request)}
                if is_sent:
                    options.update(data=request.POST, files=request.FILES)
                yield formset_class(prefix=formset_class.get_default_prefix(), **options)


def _opened_texts(request):
    """Return the texts that the form was opened with, by digest: a script sends those of the fields typed in."""
    texts = (value.replace("\r\n", "\n").strip() for value in request.POST.getlist("opened_text")[:MOST_OPENED])
    return {digest_of([text]): text for text in texts}


def _in_order(rows):
    """Return rows of a stamp with their order, which two dictionaries do not compare."""
    return [(group, list(of_group.items())) for group, of_group in sorted(rows.items())]
