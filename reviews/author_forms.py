"""What an author fills in on their own pages: a new wording, an appeal."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from monographs.open_forms import OpenForm
from reviews.fields import TidyEmailField, WordsField
from reviews.forms import ReviewForm
from reviews.models import Appeal, Review, Wording

STAYS, GOES = "stays", "goes"


class EditForm(ReviewForm):
    """The review's form, filled in with its newest wording; `review` is the stored one."""

    purpose = "reviews.edit"
    too_many = _("You have sent many wordings within the hour.")

    meanwhile = forms.ChoiceField(
        label=_("What happens to the published wording until a moderator has read the new one?"),
        choices=[
            (STAYS, _("It stays where it is.")),
            (GOES, _("It is taken down now. If the new wording is refused, nothing is public.")),
        ],
        initial=STAYS,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Say what happens to the published wording."),
            "invalid_choice": _("Choose one of the two answers."),
        },
    )

    def __init__(self, *args, review, edition, **kwargs):
        self.review = review
        self.newest = Wording.objects.newest(review)
        initial = {name: getattr(self.newest, name) for name in self.Meta.fields if name != "email"}
        if initial["experienced_on"]:
            initial["experienced_on"] = initial["experienced_on"].strftime("%Y-%m")
        super().__init__(*args, edition=edition, initial=initial, **kwargs)
        del self.fields["email"]
        if not review.is_public:
            del self.fields["meanwhile"]
        self.newest_shown = self.seen if self.is_bound else self.newest.number

    @property
    def stays_public(self):
        """Whether the author wants the published wording to stay meanwhile."""
        return self.cleaned_data.get("meanwhile") != GOES

    @property
    def seen(self):
        """The number of the newest wording when the author opened the form; 0 for one that was made up."""
        typed = self.data.get("seen", "")
        return int(typed) if re.fullmatch(r"[0-9]{1,8}", typed) else 0


class AppealForm(forms.Form):
    """What an author says against a refusal."""

    use_required_attribute = False

    text = WordsField(
        label=_("Why should another moderator decide differently?"),
        has_lines=True,
        max_length=Appeal._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Only moderators read this. Up to 2000 characters."),
        error_messages={"required": _("Say in words why the decision should be different.")},
    )

    @property
    def problems(self):
        """What to mend, for the summary: (id of the field, sentence)."""
        return [(self["text"].auto_id, sentence) for sentence in self["text"].errors]


class LinksForm(OpenForm):
    """The address to which the links to one's own reviews go."""

    purpose = "reviews.links"
    too_many = _("Many links were asked for from your network within the hour.")

    email = TidyEmailField(
        label=_("E-mail address"),
        max_length=Review._meta.get_field("email").max_length,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("The one that you gave with your review."),
        error_messages={
            "required": _("Give the e-mail address that you gave with your review."),
            "invalid": _("Write the e-mail address in full, such as name@example.org."),
        },
    )

    def when_again(self, minutes):
        return ngettext("Try again in %d minute.", "Try again in %d minutes.", minutes) % minutes
