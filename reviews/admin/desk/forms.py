"""What a moderator sends with a decision."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from reviews.admin.desk.text import read_marks
from reviews.fields import TidyField
from reviews.models import Card, Decision

KEYS = "1234567890-"
"""The keys of the reasons, in their order."""


class MessageField(TidyField):
    """What the author is told, in the moderator's own words."""

    def __init__(self, **kwargs):
        super().__init__(
            has_lines=True,
            max_length=Decision._meta.get_field("message").max_length,
            widget=forms.Textarea(attrs={"rows": 3}),
            error_messages={"required": _("Write an answer: whoever appeals gets one in words.")},
            **kwargs,
        )


class DecisionForm(forms.Form):
    """What both verdicts need: the revision that was looked at, and for an appeal an answer in words."""

    error_css_class = "has-error"
    seen = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(["required", "invalid"], _("Open the review again before you decide.")),
    )
    message = MessageField(label=_("Your answer to the author"), required=False)

    def __init__(self, *args, matter, **kwargs):
        super().__init__(*args, **kwargs)
        self.matter = matter
        self.fields["message"].required = matter == Card.Matter.APPEAL


class ApprovalForm(DecisionForm):
    """The yes. Only who appealed gets a message with it."""

    prefix = "yes"

    def clean_message(self):
        return self.cleaned_data["message"] if self.matter == Card.Matter.APPEAL else ""


class ReasonForm(forms.Form):
    """Which rule a review broke, and what its author is told."""

    reason = forms.ChoiceField(
        label=_("Which rule does it break?"),
        choices=Decision.Reason,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the rule that the review breaks."),
            "invalid_choice": _("Choose one of the rules in the list."),
        },
    )
    message = MessageField(
        label=_("Message to the author"),
        required=False,
        help_text=_("Left empty, the author gets the text that goes with the rule."),
    )

    def choices(self):
        """The radio buttons, each with the rule it stands for and the key that chooses it."""
        return [
            (button, Decision.Reason(button.data["value"]), key)
            for button, key in zip(self["reason"], KEYS, strict=True)
        ]


class RefusalForm(ReasonForm, DecisionForm):
    """The no, with the passages that broke the rule."""

    prefix = "no"

    def __init__(self, *args, text, **kwargs):
        super().__init__(*args, **kwargs)
        self.text = text
        if self.fields["message"].required:
            self.fields["message"].label = _("Your answer to the author")
            self.fields["message"].help_text = ""

    def marked(self):
        """The passages that were sent, as "where:start:end", to show them again."""
        return self.data.getlist("mark") if self.is_bound else []

    def clean(self):
        try:
            self.cleaned_data["marks"] = read_marks(self.marked(), self.text)
        except ValidationError as error:
            self.add_error(None, error)
        return self.cleaned_data
