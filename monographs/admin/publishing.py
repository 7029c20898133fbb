"""The Preview and Publish pages of a monograph."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from monographs.admin.preview import monograph_or_404
from monographs.changes import compare
from monographs.house_rules import refusals
from monographs.models import Edition, Monograph, PublicationRequest
from monographs.publishing import Problem, differs, draft_of
from monographs.scripts import DRAFTS_SCRIPTS


class PublishForm(forms.Form):
    """What the publisher says about the edition, which text they looked at, and from when it is public."""

    note = forms.CharField(
        label=gettext_lazy("What changed?"),
        help_text=gettext_lazy("One or two sentences for readers. They appear in the public history."),
        widget=forms.Textarea(attrs={"rows": 3, "cols": 80}),
        max_length=Edition._meta.get_field("note").max_length,
        error_messages={"required": gettext_lazy("Say what changed, for the public history.")},
    )
    is_substantive = forms.TypedChoiceField(
        label=gettext_lazy("How much does it change?"),
        choices=[
            ("yes", gettext_lazy("It changes what readers should know or do")),
            ("no", gettext_lazy("Minor: wording, spelling, a link")),
        ],
        coerce=lambda value: value == "yes",
        required=False,
        empty_value=True,
        initial="yes",
        widget=forms.RadioSelect,
    )
    public_from = forms.DateTimeField(
        label=gettext_lazy("Public from"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": gettext_lazy("Write day and time, such as 2027-05-03 09:00.")},
    )
    digest = forms.CharField(widget=forms.HiddenInput, required=False)
    answers = forms.ModelChoiceField(PublicationRequest.objects.none(), widget=forms.HiddenInput, required=False)

    @property
    def is_scheduling(self):
        return "schedule" in self.data

    def clean_public_from(self):
        """Only the Schedule button asks for a time, and only for one to come."""
        time = self.cleaned_data["public_from"]
        if not self.is_scheduling:
            return None
        if time is None:
            raise forms.ValidationError(_("Choose the day and time from which readers see it."))
        if time <= timezone.now():
            raise forms.ValidationError(_("This time is past. Choose one to come, or publish now."))
        return time


def in_words(time):
    """Return a time as people read it, with its zone: "3 May 2027 at 09:00 BST"."""
    local = timezone.localtime(time)
    return _("%(day)s at %(time)s %(zone)s") % {
        "day": date_format(local, "DATE_FORMAT"),
        "time": date_format(local, "H:i"),
        "zone": local.tzname(),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def publish_page(request, admin, object_id):
    """Show what publishing would change, ask what to call it, and publish."""
    monograph = monograph_or_404(admin, request, object_id)
    if not admin.has_publish_permission(request):
        raise PermissionDenied
    form = PublishForm(request.POST or None)
    form.fields["answers"].queryset = monograph.requests.all()
    problems = []
    if request.method == "POST" and form.is_valid():
        try:
            edition = monograph.publish(by=request.user, **form.cleaned_data)
        except Monograph.CannotPublish as error:
            problems = error.problems
        else:
            return _published(admin, request, monograph, edition)
    draft, found = draft_of(monograph)
    found += [Problem("", what) for what in refusals(monograph, draft.digest, by=request.user)]
    latest = monograph.latest_edition
    asked = monograph.requests.open().first()
    seen = {"digest": draft.digest, "answers": asked.pk if asked else ""}
    form.data = form.data and {**form.data.dict(), **seen}
    form.initial |= seen
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
            "problems": problems or found,
            "can_publish": not found,
            "is_published": not differs(latest, draft.digest),
            "draft": draft,
            "latest": latest,
            "zone": timezone.get_current_timezone_name(),
            "changes": compare(latest and latest.contents, draft.contents),
            # The form leads here after a save, and the browser's draft of what was saved is forgotten.
            "media": form.media + forms.Media(js=DRAFTS_SCRIPTS),
        },
    )


def _published(admin, request, monograph, edition):
    if edition.is_public:
        text = _("Edition %(number)d is public.") % {"number": edition.number}
        link = format_html('<a href="{}">{}</a>', monograph.get_absolute_url(), _("See the page"))
    else:
        when = {"number": edition.number, "time": in_words(edition.public_from)}
        text = _("Edition %(number)d is scheduled for %(time)s.") % when
        link = format_html(
            '<a href="{}">{}</a>',
            reverse("admin:monographs_edition_change", args=[edition.pk]),
            _("See it or cancel it"),
        )
    admin.log_change(request, monograph, text)
    messages.success(request, format_html("{} {}", text, link))
    return HttpResponseRedirect(reverse("admin:monographs_monograph_change", args=[monograph.pk]))
