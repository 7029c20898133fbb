"""The page on which a publisher sends a text to a clinician, and everybody who writes sees what came back."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from monographs import mail
from monographs.admin.preview import monograph_or_404
from monographs.admin.side_pages import MOST_SHOWN, back_to, side_page
from monographs.few import first_of
from monographs.models import Monograph, SignOff
from monographs.publishing import contents_of, digest_of
from monographs.typed_field import TypedField


class SendForm(forms.Form):
    """Who is asked to sign. The address is used once and not stored."""

    recipient = TypedField(
        label=gettext_lazy("Who is asked?"),
        help_text=gettext_lazy("The clinician’s name, for this desk and for the page behind the link."),
        max_length=SignOff._meta.get_field("recipient").max_length,
        error_messages={"required": gettext_lazy("Give the clinician’s name.")},
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        required=False,
        help_text=gettext_lazy(
            "Left empty, you send the link yourself. An address is used for this one letter and not kept."
        ),
        error_messages={"invalid": gettext_lazy("Write the e-mail address in full, such as name@example.org.")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def sign_off_page(request, admin, object_id):
    """List what was sent and answered; with POST, send the text or revoke a link."""
    monograph = monograph_or_404(admin, request, object_id)
    may_send = admin.has_publish_permission(request)
    if not (may_send or admin.has_change_permission(request, monograph)) or (request.method == "POST" and not may_send):
        raise PermissionDenied
    if "revoke" in request.POST:
        return _revoke(request, admin, monograph)
    form = SendForm(request.POST if request.method == "POST" else None)
    sent, problems = _send(request, admin, monograph, form) if form.is_valid() else (None, [])
    sent_before = monograph.sign_offs.select_related("sent_by", "revoked_by").defer("contents")
    return side_page(
        request,
        admin,
        monograph,
        "sign_off",
        _("Sign-off"),
        form=SendForm() if sent else form,
        sent=sent,
        link=sent and settings.SITE_URL + sent.get_absolute_url(),
        problems=problems,
        sign_offs=first_of(sent_before, MOST_SHOWN),
        digest=digest_of(contents_of(monograph)),
        days=settings.SIGN_OFF_DAYS,
        may_send=may_send,
    )


def _send(request, admin, monograph, form):
    """Return (the SignOff that was sent or None, what stands in the way)."""
    recipient, email = form.cleaned_data["recipient"], form.cleaned_data["email"]
    try:
        sent = monograph.send_for_sign_off(by=request.user, recipient=recipient)
    except Monograph.CannotPublish as error:
        return None, error.problems
    except SignOff.AlreadySent as error:
        form.add_error(
            "recipient",
            _("%(name)s has this text already. To send a new link, revoke the one below first.")
            % {"name": error.sign_off.recipient},
        )
        return None, []
    admin.log_change(request, monograph, _("Sent to %(name)s for sign-off") % {"name": recipient})
    if email and mail.send_link(sent, email):
        messages.success(request, _("The letter with the link is on its way."))
    elif email:
        messages.error(request, _("The letter could not be sent. Copy the link below and send it yourself."))
    return sent, []


def _revoke(request, admin, monograph):
    chosen = request.POST["revoke"]
    is_number = chosen.isdecimal() and len(chosen) < 19
    sign_off = monograph.sign_offs.filter(pk=chosen).first() if is_number else None
    if sign_off is None:
        messages.error(request, _("There is no such link. The list below shows those that there are."))
        return back_to(monograph, "sign_off")
    try:
        sign_off.revoke(by=request.user)
    except SignOff.NotOpen as error:
        state = {"name": sign_off.recipient, "state": error.sign_off.state}
        messages.error(request, _("The link for %(name)s could not be revoked: %(state)s.") % state)
    else:
        admin.log_change(request, monograph, _("Revoked the sign-off of %(name)s") % {"name": sign_off.recipient})
        messages.success(request, _("The sign-off of %(name)s is revoked.") % {"name": sign_off.recipient})
    return back_to(monograph, "sign_off")
