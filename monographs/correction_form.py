"""The form in which a reader reports an error in a text."""

import re

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from monographs.correcting import PURPOSE
from monographs.models import Correction
from monographs.open_forms import OpenForm
from monographs.typed_field import TypedField

WORD = re.compile(r"\w")
MOST = Correction._meta.get_field("text").max_length


class CorrectionForm(OpenForm, forms.ModelForm):
    """A new correction of one edition. A form that is refused keeps everything that was typed."""

    purpose = PURPOSE
    too_many = _("Several corrections have come from your network within the hour.")
    sent_before = _(
        "You have already sent a correction with this form, and it cannot be changed here. If you want to send this "
        "one as well, send it once more."
    )

    anchor = forms.ChoiceField(
        label=_("Where is the error?"),
        required=False,
        error_messages={"invalid_choice": _("This section is not in the text any more. Choose one of the list.")},
    )
    text = TypedField(
        label=_("What is wrong, and what would be right?"),
        has_lines=True,
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=format_lazy(
            _(
                "If you can, name a source. Leave out what concerns your own health: editors read this, not your "
                "doctor. Up to {most} characters."
            ),
            most=MOST,
        ),
        error_messages={"required": _("Write what is wrong.")},
    )
    email = forms.EmailField(
        label=_("E-mail address, if you want an answer"),
        required=False,
        max_length=Correction._meta.get_field("email").max_length,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Optional. Used for the answer, never shown, and erased a week after it."),
        error_messages={"invalid": _("Write the e-mail address in full, such as name@example.org.")},
    )

    class Meta:
        model = Correction
        fields = ["anchor", "text", "email"]

    def __init__(self, *args, edition, **kwargs):
        super().__init__(*args, edition=edition, instance=Correction(edition=edition), **kwargs)
        self.headings = {section["anchor"]: section["heading"] for section in edition.sections}
        self.fields["anchor"].choices = [("", _("The page as a whole")), *self.headings.items()]

    def clean_text(self):
        text = self.cleaned_data["text"]
        if not WORD.search(text):
            raise forms.ValidationError(self.fields["text"].error_messages["required"], code="required")
        return text

    def clean(self):
        cleaned = super().clean()
        self.instance.form_key = self.form_key
        self.instance.heading = self.headings.get(self.cleaned_data.get("anchor"), "")
        return cleaned
