"""The editors' and publishers' desk inside Django's admin."""

from monographs.admin import correction, edition, monograph, picture, topic

__all__ = ["correction", "edition", "monograph", "picture", "topic"]
