"""What readers write, what moderators decided about it, and the star counts that follow from both."""

from reviews.models.decision import Decision
from reviews.models.review import Review
from reviews.models.tally import Tally

__all__ = ["Decision", "Review", "Tally"]
