"""Worded as sales messages are, whatever it says: what its words weigh together."""

from django.utils.translation import gettext_lazy as _

from reviews.screening.rule import Rule

LEAST = 0.5


def find(reading):
    """Find the words that weigh most, where a part of the text reads more like a sales message than like a review."""
    part = reading.heaviest_part
    return part.spans if part.score >= LEAST else ()


RULE = Rule(
    name="wording",
    weight=5,
    label=_("Worded like a sales message"),
    explanation=_(
        "Taken together, the words are those of sales messages and not of reviews. What each word weighs was learnt "
        "from many messages of both kinds; marked are those that weigh most."
    ),
    find=find,
    only_in="body",
    catches=(
        "My guy in town has the good stuff, ask me for his number and he will drop it at your door.",
        "A man from India posts me the vials without asking for papers, I can share his contact.",
        "w3 h4ve k and sn0w, s n a p for the m e n u",
    ),
    leaves=(
        "The pharmacy delivered it to my door, and it cost nine pounds.",
        "I used to buy K from a dealer at parties, and my bladder paid for it.",
        "Never order pills from somebody on Telegram. My cousin did, and he is dead.",
        "10/10",
    ),
)
