"""The editors' and publishers' desk inside Django's admin."""

from monographs.admin import edition, monograph, topic

__all__ = ["edition", "monograph", "topic"]
