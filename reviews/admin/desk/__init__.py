"""The moderators' desk: one review at a time beside the queue, decided by key or button, its stars hidden.

`queue` says what comes when, `text` marks what the screening saw, `beside` gathers what helps to judge, `pages` shows
a review, `acts` decides, `several` refuses likely sales messages together.
"""

from reviews.admin.desk.admin import DeskAdmin

__all__ = ["DeskAdmin"]
