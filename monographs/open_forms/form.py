"""The form itself: a note instead of a cookie, a trap for programs, and nothing typed lost when it comes back."""

import math

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from monographs.open_forms import opening
from monographs.typed_field import TypedField


class OpenForm(forms.Form):
    """A form about one edition, or about the site. Once it is valid, `form_key` is its key as it was opened."""

    purpose = ""
    too_many = ""
    form_key = None

    # A trap: programs that fill in every field fill in this one too.
    homepage = TypedField(
        label=gettext_lazy("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, *args, edition=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.edition = edition
        self.note = self.data.get("opened", "") if self.is_bound else self._open()

    def _open(self):
        return opening.open_form(self.purpose, self._monograph_id)

    @property
    def _monograph_id(self):
        return self.edition.monograph_id if self.edition else 0

    def clean(self):
        cleaned = super().clean()
        if self.cleaned_data.get("homepage"):
            self.refuse(
                _(
                    "A field that people cannot see was filled in, which usually a program does. It is empty again: "
                    "please look through what you wrote and send it once more."
                )
            )
        try:
            self.form_key = opening.key_of(self.note, self.purpose, self._monograph_id)
        except opening.TooFast:
            self.refuse(_("The form was sent very soon after it was opened. Please send it once more."))
        except opening.Expired:
            self.refuse_and_open_again(
                _(
                    "The form was open for more than a day, or a part of it was lost on the way. What you typed is "
                    "still here: please look through it and send it once more."
                )
            )
        return cleaned

    def refuse(self, sentence):
        """Send the form back as a whole, saying why."""
        self.add_error(None, sentence)

    def refuse_for_now(self, limit):
        """Send the form back because of a TooMany, saying when it can be sent."""
        minutes = math.ceil(limit.seconds / 60)
        later = ngettext(
            "You can send this one in %d minute. Leave this page open until then, or keep a copy of your text.",
            "You can send this one in %d minutes. Leave this page open until then, or keep a copy of your text.",
            minutes,
        )
        self.refuse(f"{self.too_many} {later % minutes}")

    def refuse_and_open_again(self, sentence):
        """Send the form back with a new note, because the one it came with cannot be used any more."""
        self.note = self._open()
        self.refuse(sentence)

    @property
    def problems(self):
        """What to mend, for the summary: (id of the field or "", sentence)."""
        found = [("", sentence) for sentence in self.non_field_errors()]
        for field in self:
            anchor = f"{field.auto_id}_0" if field.use_fieldset else field.auto_id
            found += [(anchor, sentence) for sentence in field.errors]
        return found
