"""Ways to pay that sellers name."""

from django.utils.translation import gettext_lazy as _

from reviews.screening.rule import Rule, phrases

RULE = Rule(
    name="payment",
    weight=2,
    label=_("A way to pay"),
    explanation=_("Names a way to pay that sellers ask for, such as a cryptocurrency or a gift card."),
    find=phrases(
        r"bit ?coins?|btc|usdt|crypto ?(?:currenc(?:y|ies))?|monero|xmr|ethereum|eth|lite ?coin|ltc|cash ?app|zelle|"
        r"venmo|western union|"
        r"money ?gram|pay ?pal|apple pay|gift ?cards?|escrow|skrill|perfect money|revolut",
        r"(?:cash|pay(?:ment)?) (?:on|upon|at) (?:delivery|drop|meet\w{0,3}|pick ?up|collection)|cash only|cod "
        r"(?:available|accepted)",
        r"(?:we|they|he|i) (?:accept|take)s? (?:cash|cards?|visa|bank|all|payments?)|(?:visa|cards?|cash|bank "
        r"transfers?|payments?) accepted",
        r"payments? (?:by|via|through|with|in|methods?|options?|is|are|on)|pay (?:by|via|in|with) (?:crypto|coin|"
        r"bank|card)|"
        r"(?:secure|anonymous) (?:payment|checkout)s?",
        not_by_patients=True,
    ),
    catches=("We accept bitcoin", "b1tcoin or cash app", "Pay by crypto"),
    leaves=("I paid for it myself.", "The insurance pays half."),
)
