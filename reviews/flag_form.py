"""The form in which a reader reports a review."""

from django import forms
from django.utils.translation import gettext_lazy as _

from monographs.open_forms import OpenForm
from reviews.fields import TidyEmailField, TidyField
from reviews.models import Flag


class FlagForm(OpenForm):
    """What is wrong with one review. A form that is refused keeps everything that was typed."""

    purpose = "reviews.flag"
    too_many = _("Many reports have come from your network within the hour.")

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        choices=Flag.Reason,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Say what is wrong with the review."),
            "invalid_choice": _("Choose one of the answers in the list."),
        },
    )
    # Not called "note", which in a template would hide the signed note of the form.
    remark = TidyField(
        label=_("What should the moderator look at?"),
        has_lines=True,
        required=False,
        max_length=Flag._meta.get_field("note").max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Leave out what concerns your own health."),
    )
    email = TidyEmailField(
        label=_("E-mail address, if you want an answer"),
        required=False,
        max_length=Flag._meta.get_field("email").max_length,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We write to you what came of your report, and show the address to nobody."),
        error_messages={"invalid": _("Write the e-mail address in full, such as name@example.org.")},
    )
