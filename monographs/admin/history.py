"""The pages that compare, restore and withdraw an edition."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from monographs.changes import compare
from monographs.few import first_of
from monographs.history import MOST_OFFERED, number_in
from monographs.models import Edition, Withdrawal
from monographs.publishing import contents_of


class WithdrawForm(forms.Form):
    """Why an edition is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("Why is it withdrawn?"),
        help_text=gettext_lazy("Readers see this in place of the text, with the date."),
        widget=forms.Textarea(attrs={"rows": 4, "cols": 80}),
        max_length=Withdrawal._meta.get_field("reason").max_length,
        error_messages={"required": gettext_lazy("Give the reason.")},
    )


def _edition_or_404(admin, request, object_id, *, may):
    edition = admin.get_object(request, object_id)
    if edition is None:
        raise Http404
    if not (admin.has_view_permission(request, edition) and may):
        raise PermissionDenied
    return edition


def _page(request, admin, edition, template, title, **context):
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "edition": edition,
        "title": title,
        "subtitle": str(edition),
        **context,
    }
    return TemplateResponse(request, f"admin/monographs/edition/{template}.html", context)


@require_safe
def compare_page(request, admin, object_id):
    """What leads from another edition, or from this one to the working copy, in words inserted and removed."""
    edition = _edition_or_404(admin, request, object_id, may=True)
    editions = edition.monograph.editions.exclude(pk=edition.pk).order_by("-number")
    number = number_in(request.GET.get("with", ""))
    other = editions.filter(number=number).first() if number else None
    if other:
        changes = compare(other.contents, edition.contents)
    else:
        changes = compare(edition.contents, contents_of(edition.monograph))
    others = first_of(editions.defer(*Edition.HEAVY), MOST_OFFERED)
    return _page(
        request, admin, edition, "compare", _("Compare %(edition)s") % {"edition": edition},
        others=others, other=other, changes=changes,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def restore_page(request, admin, object_id):
    """Show what restoring would change in the working copy, then do it."""
    edition = _edition_or_404(admin, request, object_id, may=admin.has_restore_permission(request))
    if request.method == "POST":
        monograph = edition.restore(by=request.user)
        text = _("The text of edition %(number)d is in the working copy now. Readers see nothing of it yet.")
        admin.log_change(request, edition, _("Restored to the working copy"))
        messages.success(request, text % {"number": edition.number})
        return HttpResponseRedirect(reverse("admin:monographs_monograph_change", args=[monograph.pk]))
    changes = compare(contents_of(edition.monograph), edition.contents)
    title = _("Restore edition %(number)d to the working copy") % {"number": edition.number}
    return _page(request, admin, edition, "restore", title, changes=changes)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_page(request, admin, object_id):
    """Ask for the reason, then withdraw the edition, or cancel it when its time has not come."""
    edition = _edition_or_404(admin, request, object_id, may=admin.has_withdraw_permission(request))
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdrawal = edition.withdraw(by=request.user, reason=form.cleaned_data["reason"])
        except Edition.AlreadyWithdrawn as error:
            messages.error(request, str(error))
        else:
            admin.log_change(request, edition, withdrawal.sentence)
            messages.success(request, withdrawal.sentence)
        return HttpResponseRedirect(admin.address(edition))
    if edition.withdrawn:
        messages.info(request, edition.withdrawal.sentence)
        return HttpResponseRedirect(admin.address(edition))
    number = {"number": edition.number}
    title = _("Withdraw edition %(number)d") if edition.is_public else _("Cancel edition %(number)d")
    return _page(request, admin, edition, "withdraw", title % number, form=form)
