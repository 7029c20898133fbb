"""How a reader orders and narrows the list of reviews."""

from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.models import GroupTally, Review
from reviews.paging import Order

MOST_CHOICES = 20


def _stars():
    return [("", _("Any")), *((rating.value, rating.stars) for rating in reversed(Review.Rating))]


class ReviewFilter(forms.Form):
    """The questions above the list; all may stay open. `groups` are the GroupTally rows of the monograph."""

    use_required_attribute = False

    sort = forms.ChoiceField(label=_("Order"), choices=Order, required=False)
    stars = forms.ChoiceField(label=_("Stars"), choices=_stars, required=False)
    perspective = forms.ChoiceField(
        label=_("Written by"), choices=[("", _("Anyone")), *Review.Perspective.choices], required=False
    )
    reason = forms.CharField(label=_("Taken for"), required=False, max_length=100)
    form = forms.CharField(label=_("Form"), required=False, max_length=100)

    def __init__(self, *args, groups, **kwargs):
        super().__init__(*args, **kwargs)
        for kind in (GroupTally.Kind.REASON, GroupTally.Kind.FORM):
            named = [(group.key, f"{group.name} ({group.total})") for group in groups if group.kind == kind]
            named = named[:MOST_CHOICES]
            asked = self.data.get(kind.value, "").replace("\x00", "")
            if asked and asked not in dict(named):
                # A link may ask for a group that is too small for the list.
                named.append((asked, asked))
            self.fields[kind.value].widget = forms.Select(choices=[("", _("Any")), *named])

    def narrow(self, reviews):
        """Return those of the reviews that were asked for."""
        asked = self.cleaned_data
        fields = {"stars": "rating", **Review.GROUPED_BY}
        return reviews.filter(**{field: asked[name] for name, field in fields.items() if asked[name]})

    @property
    def order(self):
        """The Order that was asked for, or the newest first."""
        return Order(self.cleaned_data["sort"] or Order.NEWEST).among(self.cleaned_data["stars"])

    @property
    def is_narrowed(self):
        """Whether some reviews may be left out."""
        return any(value for name, value in self.cleaned_data.items() if name != "sort")

    @property
    def query(self):
        """What was asked for, as the first part of a query string: "" or "stars=5&"."""
        asked = {name: value for name, value in self.cleaned_data.items() if value and value != Order.NEWEST}
        return f"{urlencode(asked)}&" if asked else ""
