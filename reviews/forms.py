"""The form in which a reader writes a review."""

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from monographs.open_forms import OpenForm
from reviews.fields import MonthField, TidyEmailField, TidyField, WordsField
from reviews.models import Review


def _stars():
    return [(rating.value, f"{rating.stars} – {rating.label}") for rating in reversed(Review.Rating)]


def _most(name):
    return Review._meta.get_field(name).max_length


class ReviewForm(OpenForm, forms.ModelForm):
    """A new review of one edition. A form that is refused keeps everything that was typed."""

    purpose = "reviews"
    too_many = _("Several reviews have come from your network within the hour.")
    sent_before = _(
        "You have already sent a review with this form, and it cannot be changed here. If you want to send this one "
        "as well, send it once more."
    )

    rating = forms.TypedChoiceField(
        label=_("How many stars do you give this medicine?"),
        coerce=int,
        choices=_stars,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose from one to five stars."),
            "invalid_choice": _("Choose from one to five stars."),
        },
    )
    title = WordsField(
        label=_("Your review in one line"),
        max_length=_most("title"),
        help_text=format_lazy(_("Up to {most} characters."), most=_most("title")),
        error_messages={"required": _("Sum up your review in a few words.")},
    )
    body = WordsField(
        label=_("Your review"),
        has_lines=True,
        max_length=_most("body"),
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=format_lazy(
            _(
                "What did it help with, and what not? What did you notice, and when? Leave out names and contact "
                "details, and do not tell others what to take. Up to {most} characters."
            ),
            most=_most("body"),
        ),
        error_messages={"required": _("Write what you experienced, in at least one word.")},
    )
    perspective = forms.ChoiceField(
        label=_("How do you know this medicine?"),
        choices=Review.Perspective,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Say whether you took the medicine, cared for somebody who did, or work with it."),
            "invalid_choice": _("Choose one of the three answers."),
        },
    )
    reason_for_use = TidyField(
        label=_("What was it taken for?"),
        required=False,
        max_length=_most("reason_for_use"),
        help_text=_("For example: depression, an operation, back pain."),
    )
    form_taken = TidyField(
        label=_("In which form?"),
        required=False,
        max_length=_most("form_taken"),
        help_text=_("For example: infusion, nasal spray, tablet."),
    )
    duration = forms.ChoiceField(
        label=_("For how long?"),
        required=False,
        choices=[("", _("I would rather not say")), *Review.Duration.choices],
        error_messages={"invalid_choice": _("Choose one of the answers in the list.")},
    )
    experienced_on = MonthField(
        label=_("When was that?"),
        required=False,
        help_text=_("The year and the month, such as 2026-03."),
    )
    author_name = WordsField(
        label=_("Display name"),
        max_length=_most("author_name"),
        help_text=_("Shown with your review. A first name or an invented one is best, not your full name."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
        error_messages={"required": _("Give a name to show with your review; it need not be your own.")},
    )
    email = TidyEmailField(
        label=_("E-mail address"),
        max_length=_most("email"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Give your e-mail address, so that you can confirm the review."),
            "invalid": _("Write the e-mail address in full, such as name@example.org."),
        },
    )
    consent = forms.BooleanField(
        label=_(
            "I wrote this myself, and I agree that this site publishes it with the display name and the details "
            "above once a person has checked it. I can withdraw it at any time."
        ),
        error_messages={"required": _("Tick this box if the review may be published.")},
    )

    class Meta:
        model = Review
        fields = (
            "rating",
            "title",
            "body",
            "perspective",
            "reason_for_use",
            "form_taken",
            "duration",
            "experienced_on",
            "author_name",
            "email",
        )

    def __init__(self, *args, edition, **kwargs):
        review = Review(edition=edition, monograph_id=edition.monograph_id)
        super().__init__(*args, edition=edition, instance=review, **kwargs)
        email = self.fields["email"]
        email.required = settings.REVIEWS_CONFIRM_EMAIL
        email.help_text = (
            _("Never shown. We send a link there with which you confirm that the review is yours.")
            if settings.REVIEWS_CONFIRM_EMAIL
            else _("Never shown. With it, we can send you the link to your review and what was decided.")
        )

    def clean(self):
        cleaned = super().clean()
        self.instance.form_key = self.form_key
        return cleaned
