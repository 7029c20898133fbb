"""The moderators' pages: the desk, the archive of reviews with the log of each, and the log of decisions."""

from reviews.admin.decision import DecisionAdmin
from reviews.admin.desk import DeskAdmin
from reviews.admin.review import ReviewAdmin

__all__ = ["DecisionAdmin", "DeskAdmin", "ReviewAdmin"]
