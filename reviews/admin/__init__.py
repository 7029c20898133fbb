"""The moderators' pages: the queue, one review with its decision, and the log of decisions."""

from reviews.admin.decision import DecisionAdmin
from reviews.admin.review import ReviewAdmin

__all__ = ["DecisionAdmin", "ReviewAdmin"]
