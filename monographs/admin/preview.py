"""The preview of a monograph: the readers' own page, for staff, of what is stored or of what is only typed."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms.formsets import all_valid
from django.http import Http404
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from monographs.admin.sheets import TITLES
from monographs.publishing import draft_of

REMOVED = gettext_lazy(
    "Somebody has removed the %(part)s “%(name)s” since you opened the form. Save: you will see what was changed, and "
    "your text stays."
)


def monograph_or_404(admin, request, object_id):
    """Return the monograph that an admin address names. Raises Http404."""
    monograph = admin.get_object(request, object_id)
    if monograph is None:
        raise Http404
    return monograph


@require_http_methods(["GET", "HEAD", "POST"])
def preview_page(request, admin, object_id):
    """Show the working copy as readers would see it; with POST, the form that was sent, which is not stored."""
    monograph = monograph_or_404(admin, request, object_id)
    if request.method != "POST":
        if not admin.has_view_permission(request, monograph):
            raise PermissionDenied
        return _readers_page(request, monograph)
    if not admin.has_change_permission(request, monograph):
        raise PermissionDenied
    with transaction.atomic():
        # What is typed is saved, composed, and forgotten again: nothing else would show exactly what saving gives.
        response = _page_of_typed_text(request, admin, monograph)
        transaction.set_rollback(True)
    return response


def _readers_page(request, monograph):
    draft, _problems = draft_of(monograph)
    draft.published_at = draft.public_from = timezone.now()
    context = {"edition": draft, "edition_count": draft.number, "is_preview": True}
    return render(request, "monographs/monograph_page.html", context)


def _page_of_typed_text(request, admin, monograph):
    form = admin.get_form(request, monograph, change=True)(request.POST, request.FILES, instance=monograph)
    formsets, _inlines = admin._create_formsets(request, form.instance, change=True)
    if all_valid([form, *formsets]):
        form.save()
        for formset in formsets:
            formset.save()
        return _readers_page(request, type(monograph).objects.get(pk=monograph.pk))
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": _("This cannot be previewed yet"),
        "monograph": monograph,
        "errors": [error for part in (form, *formsets) for error in _errors_of(part)],
    }
    return TemplateResponse(request, "admin/monographs/monograph/no_preview.html", context).render()


def _errors_of(part):
    """Return the sentences of a form or formset, with the label of the field where it has one."""
    for form in getattr(part, "forms", [part]):
        if _is_removed(part, form):
            names = {"part": part.model._meta.verbose_name, "name": _name_typed_in(form)}
            yield REMOVED % names
            continue
        for name, sentences in form.errors.items():
            label = form.fields[name].label if name in form.fields else ""
            for sentence in sentences:
                yield f"{label}: {sentence}" if label else sentence
    if hasattr(part, "non_form_errors"):
        yield from part.non_form_errors()


def _is_removed(part, form):
    """Whether a row was sent as a stored one and is stored no more."""
    key = hasattr(part, "model") and part.model._meta.pk.name
    return bool(key) and key in form.errors


def _name_typed_in(form):
    return next((form[name].value() for name in TITLES if name in form.fields and form[name].value()), "")
