"""The working copy that editors change, the editions that readers see, and the pictures of both."""

from monographs.models.edition import Edition
from monographs.models.monograph import Monograph, Topic
from monographs.models.parts import Fact, Identifier, Reference, Section
from monographs.models.picture import Picture

__all__ = ["Edition", "Fact", "Identifier", "Monograph", "Picture", "Reference", "Section", "Topic"]
