"""The form itself: a note instead of a cookie, a trap for programs, and nothing typed lost when it comes back."""

import math
from http import HTTPStatus

from django import forms
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from monographs.open_forms import opening
from monographs.typed_field import TypedField


class OpenForm(forms.Form):
    """A form about one edition, or about the site. Once it is valid, `form_key` is its key as it was opened.

    `too_many` and `sent_before` are what its writer is told of a TooMany and of an AlreadySent.
    """

    purpose = ""
    too_many = ""
    sent_before = ""
    form_key = None
    status = HTTPStatus.OK
    retry_after = None

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

    def page(self, request, template, **context):
        """Return the page with the form, with the status that it came to and with when it can be sent again."""
        response = render(request, template, {"edition": self.edition, "form": self, **context}, status=self.status)
        if self.retry_after:
            response.headers["Retry-After"] = str(self.retry_after)
        return response

    def refuse(self, sentence, *, status=HTTPStatus.OK):
        """Send the form back as a whole, saying why."""
        self.add_error(None, sentence)
        self.status = status

    def refuse_for_now(self, limit):
        """Send the form back because of a TooMany, saying when it can be sent."""
        self.retry_after = limit.seconds
        when = self.when_again(math.ceil(limit.seconds / 60))
        self.refuse(f"{self.too_many} {when}", status=HTTPStatus.TOO_MANY_REQUESTS)

    def when_again(self, minutes):
        """Return the sentence that says when the form can be sent."""
        sentence = ngettext(
            "You can send this one in %d minute. Leave this page open until then, or keep a copy of your text.",
            "You can send this one in %d minutes. Leave this page open until then, or keep a copy of your text.",
            minutes,
        )
        return sentence % minutes

    def refuse_as_sent_before(self):
        """Send the form back because of an AlreadySent that says something else, so that this one can be sent too."""
        self.refuse_and_open_again(self.sent_before, status=HTTPStatus.CONFLICT)

    def refuse_and_open_again(self, sentence, *, status=HTTPStatus.OK):
        """Send the form back with a new note, because the one it came with cannot be used any more."""
        self.note = self._open()
        self.refuse(sentence, status=status)

    def says_the_same_as(self, stored):
        """Whether a stored row has everything that this form, one of a model, has."""
        names = [name for name in self.Meta.fields if name in self.fields]
        return all(getattr(stored, name) == getattr(self.instance, name) for name in names)

    @property
    def problems(self):
        """What to mend, for the summary: (id of the field or "", sentence)."""
        found = [("", sentence) for sentence in self.non_field_errors()]
        for field in self:
            anchor = f"{field.auto_id}_0" if field.use_fieldset else field.auto_id
            found += [(anchor, sentence) for sentence in field.errors]
        return found
