"""The pages on which an editor asks for publication and a publisher returns the text."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from monographs.admin.preview import monograph_or_404
from monographs.admin.side_pages import back_to, side_page
from monographs.changes import compare
from monographs.models import Monograph, PublicationRequest
from monographs.publishing import differs, draft_of
from monographs.typed_field import TypedField


class AskForm(forms.Form):
    """What publishers read with a request."""

    note = TypedField(
        has_lines=True,
        label=gettext_lazy("What should be published, and why?"),
        help_text=gettext_lazy("Publishers read this. Say what they should look at."),
        widget=forms.Textarea(attrs={"rows": 4, "cols": 80}),
        max_length=PublicationRequest._meta.get_field("note").max_length,
        error_messages={"required": gettext_lazy("Say what should be published.")},
    )


class ReturnForm(forms.Form):
    """What the editor reads who asked."""

    message = TypedField(
        has_lines=True,
        label=gettext_lazy("What should be mended?"),
        help_text=gettext_lazy("Whoever asked reads this, on the page of the text and by e-mail."),
        widget=forms.Textarea(attrs={"rows": 4, "cols": 80}),
        max_length=PublicationRequest._meta.get_field("message").max_length,
        error_messages={"required": gettext_lazy("Say what should be mended.")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def request_page(request, admin, object_id):
    """Ask the publishers to publish the working copy."""
    monograph = monograph_or_404(admin, request, object_id)
    if not admin.has_change_permission(request, monograph):
        raise PermissionDenied
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            monograph.ask_for_publication(by=request.user, **form.cleaned_data)
        except PublicationRequest.AlreadyOpen as error:
            messages.warning(request, str(error))
            return back_to(monograph)
        except Monograph.CannotPublish:
            pass  # the page below lists the same problems, and keeps the note
        else:
            admin.log_change(request, monograph, _("Asked for publication"))
            messages.success(request, _("You have asked. The publishers see it on their desk and get a letter."))
            return back_to(monograph)
    draft, problems = draft_of(monograph)
    latest = monograph.latest_edition
    return side_page(
        request,
        admin,
        monograph,
        "request",
        _("Ask for publication"),
        form=form,
        problems=problems,
        is_published=not differs(latest, draft.digest),
        latest=latest,
        changes=compare(latest and latest.contents, draft.contents),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def return_page(request, admin, object_id):
    """Return the text to whoever asked, with a message; the address names the request that the publisher looked at."""
    monograph = monograph_or_404(admin, request, object_id)
    if not admin.has_publish_permission(request):
        raise PermissionDenied
    chosen = request.GET.get("request", "")
    is_number = chosen.isdecimal() and len(chosen) < 19
    asked = monograph.requests.filter(pk=chosen).first() if is_number else monograph.requests.open().first()
    if asked is None:
        messages.info(request, _("Nobody asks for this text to be published now."))
        return back_to(monograph)
    form = ReturnForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            answered = asked.send_back(by=request.user, **form.cleaned_data)
        except PublicationRequest.AlreadyAnswered as error:
            return side_page(
                request, admin, monograph, "request_return", _("Already answered"), form=form, answered=error.request
            )
        admin.log_change(request, monograph, answered.sentence)
        messages.success(request, _("%(name)s reads your message now.") % {"name": answered.asker})
        return back_to(monograph)
    title = _("Return the text to %(name)s") % {"name": asked.asker}
    answered = None if asked.is_open else asked
    return side_page(request, admin, monograph, "request_return", title, form=form, asked=asked, answered=answered)
