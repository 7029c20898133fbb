"""How a reader narrows the list of reviews."""

from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.models import Review


def _stars():
    return [("", _("Any")), *((rating.value, rating.stars) for rating in reversed(Review.Rating))]


class ReviewFilter(forms.Form):
    """The two questions above the list; both may stay open."""

    use_required_attribute = False

    stars = forms.ChoiceField(label=_("Stars"), choices=_stars, required=False)
    perspective = forms.ChoiceField(
        label=_("Written by"), choices=[("", _("Anyone")), *Review.Perspective.choices], required=False
    )

    def narrow(self, reviews):
        """Return those of the reviews that were asked for."""
        if stars := self.cleaned_data["stars"]:
            reviews = reviews.filter(rating=int(stars))
        if perspective := self.cleaned_data["perspective"]:
            reviews = reviews.filter(perspective=perspective)
        return reviews

    @property
    def query(self):
        """What was asked for, as the first part of a query string: "" or "stars=5&"."""
        asked = {name: value for name, value in self.cleaned_data.items() if value}
        return f"{urlencode(asked)}&" if asked else ""
