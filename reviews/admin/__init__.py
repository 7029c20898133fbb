"""The moderators' pages: the desk, the archive of reviews with the log of each, the log of decisions; and replies."""

from reviews.admin.decision import DecisionAdmin
from reviews.admin.desk import DeskAdmin
from reviews.admin.reply import ReplyAdmin
from reviews.admin.review import ReviewAdmin

__all__ = ["DecisionAdmin", "DeskAdmin", "ReplyAdmin", "ReviewAdmin"]
