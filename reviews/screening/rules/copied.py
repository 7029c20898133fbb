"""The same text as another review. What looks for it needs the other reviews: `reviews.copies`."""

from django.utils.translation import gettext_lazy as _

from reviews.screening.rule import Rule

RULE = Rule(
    name="copied",
    weight=3,
    label=_("Same text as another review"),
    explanation=_("Another review has the same text, apart from capitals, marks and spaces."),
    advice=_(
        "The same text has been sent before. If it is yours, it need not be sent twice; if not, use your own words."
    ),
    find=lambda reading: (),
    catches=(),
    leaves=("I slept again.",),
)
