"""What readers write, what moderators decided about it, and what follows from both: queue, star counts, letters."""

from reviews.models.appeal import Appeal
from reviews.models.card import Card, Desk
from reviews.models.decision import Decision
from reviews.models.figure import Figure
from reviews.models.flag import Flag
from reviews.models.group_tally import GroupTally
from reviews.models.indexed_review import IndexedReview
from reviews.models.letter import Letter
from reviews.models.link_request import LinkRequest
from reviews.models.reply import Reply
from reviews.models.review import Review
from reviews.models.tally import Tally
from reviews.models.text_key import TextKey
from reviews.models.vote import Vote
from reviews.models.wording import Wording

__all__ = [
    "Appeal",
    "Card",
    "Decision",
    "Desk",
    "Figure",
    "Flag",
    "GroupTally",
    "IndexedReview",
    "Letter",
    "LinkRequest",
    "Reply",
    "Review",
    "Tally",
    "TextKey",
    "Vote",
    "Wording",
]
