"""Nearly the same text as another person's review. What looks for it needs the other reviews: `reviews.copies`."""

from django.utils.translation import gettext_lazy as _

from reviews.screening.rule import Rule

RULE = Rule(
    name="near_copy",
    weight=3,
    label=_("Nearly the same text as another review"),
    explanation=_("Somebody else’s review has nearly the same text, with a few words changed, added or left out."),
    advice=_("Somebody else has sent nearly the same text before. Use your own words."),
    find=lambda reading: (),
    catches=(),
    leaves=("I slept again.",),
)
