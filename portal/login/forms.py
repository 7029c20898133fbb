"""The form that takes a code."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.login import second_step


class CodeForm(forms.Form):
    """One code. `check(code)` says whether it is right and may raise TooSoon."""

    use_required_attribute = False

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Type the six digits that your app shows now.")},
    )

    def __init__(self, *args, check, takes_focus=True, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.check = check
        self.fields["code"].widget.attrs["autofocus"] = takes_focus

    def clean_code(self):
        code = self.cleaned_data["code"]
        try:
            is_right = self.check(code)
        except second_step.TooSoon as wait:
            seconds = max(1, round((wait.again_at - timezone.now()).total_seconds()))
            raise forms.ValidationError(
                ngettext(
                    "After a wrong code you have to wait. Try again in %d second.",
                    "After a wrong code you have to wait. Try again in %d seconds.",
                    seconds,
                )
                % seconds,
                code="too_soon",
            ) from None
        if not is_right:
            words = _("This code is wrong, too old, or was used already. Wait until your app shows the next one.")
            raise forms.ValidationError(words, code="wrong")
        return code


class RecoveryForm(CodeForm):
    """One recovery code."""

    code = forms.CharField(
        label=gettext_lazy("Recovery code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Type one of the codes that you kept when you set this up.")},
    )
