"""Dates as people read them; all else is Django's."""

DATETIME_FORMAT = "j. F Y, H:i"
