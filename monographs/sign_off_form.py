"""What a clinician fills in below the text: comments, name, credentials, and whether they sign."""

import re

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.models import SignOff
from monographs.typed_field import TypedField

MOST_COMMENT = 5_000
WORD = re.compile(r"\w")

DECLARATION = gettext_lazy(
    "I have read this text from beginning to end. To the best of my professional knowledge it is correct, balanced and "
    "up to date. I agree that my name, my credentials and today’s date are published with it."
)


def _comment(label):
    return TypedField(
        label=label,
        has_lines=True,
        required=False,
        max_length=MOST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SignOffForm(forms.Form):
    """The answer to one SignOff: `comment_1` is about its first section, `comment_0` about the page as a whole."""

    name = TypedField(
        label=gettext_lazy("Your name"),
        max_length=SignOff._meta.get_field("name").max_length,
        help_text=gettext_lazy("As readers will see it, such as Dr Amara Okafor."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Give your name.")},
    )
    credentials = TypedField(
        label=gettext_lazy("Your credentials"),
        required=False,
        max_length=SignOff._meta.get_field("credentials").max_length,
        help_text=gettext_lazy("Profession, registration or degrees, such as consultant anaesthetist, FRCA."),
    )
    declaration = forms.BooleanField(label=DECLARATION, required=False)

    def __init__(self, *args, sign_off, **kwargs):
        super().__init__(*args, **kwargs)
        self.places = [("", _("The page as a whole"))]
        self.places += [(section["anchor"], section["heading"]) for section in sign_off.contents["sections"]]
        for number, (_anchor, heading) in enumerate(self.places):
            label = _("Your comment on “%(heading)s”") % {"heading": heading} if number else heading
            self.fields[f"comment_{number}"] = _comment(label)

    @property
    def is_signing(self):
        return "sign" in self.data

    @property
    def comment_fields(self):
        """The comment boxes in their order: that of the page as a whole first."""
        return [self[f"comment_{number}"] for number in range(len(self.places))]

    @property
    def comments(self):
        """What was written, as a SignOff stores it."""
        return [
            {"anchor": anchor, "heading": str(heading), "text": text}
            for number, (anchor, heading) in enumerate(self.places)
            if (text := self.cleaned_data[f"comment_{number}"])
        ]

    def clean_name(self):
        name = self.cleaned_data["name"]
        if not WORD.search(name):
            raise forms.ValidationError(self.fields["name"].error_messages["required"])
        return name

    def clean(self):
        cleaned = super().clean()
        if self.is_signing:
            if not WORD.search(cleaned.get("credentials", "")) and "credentials" not in self.errors:
                self.add_error("credentials", _("Give your credentials: readers see what your signature rests on."))
            if not cleaned.get("declaration"):
                self.add_error("declaration", _("Tick this box to sign. If you cannot, return the text with comments."))
        elif not self.errors and not self.comments:
            self.add_error("comment_0", _("Write what should change, here or below a section, to return the text."))
        return cleaned

    @property
    def problems(self):
        """What to mend, for the summary: (id of the field, sentence)."""
        return [(field.auto_id, sentence) for field in self for sentence in field.errors]

    @property
    def typed(self):
        """What was typed, as (label, text), for giving it back when it can no longer be sent."""
        return [(field.label, field.value()) for field in self if field.name != "declaration" and field.value()]
