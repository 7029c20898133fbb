"""What an editor may have overlooked in a text, found without a database from contents as an Edition freezes them.

Errors keep a text from being published; warnings inform. The time grows with the length of the text, which the
renderer bounds; what is said about it is bounded whatever the text.
"""

from monographs.checklist.finding import Finding, Place, Severity, section_name
from monographs.checklist.looking import MOST_ALIKE, check, look_at
from monographs.checklist.result import Checklist

__all__ = ["MOST_ALIKE", "Checklist", "Finding", "Place", "Severity", "check", "look_at", "section_name"]
