"""The working copy that editors change, the editions that readers see, and the pictures of both."""

from monographs.models.correction import Correction
from monographs.models.editing import Editing
from monographs.models.edition import Edition
from monographs.models.former_slug import FormerSlug
from monographs.models.listing import Filing, Listing
from monographs.models.log import LogEntry
from monographs.models.monograph import Monograph, Topic
from monographs.models.page_frame import PageFrame
from monographs.models.page_review import PageReview
from monographs.models.page_vote import PageVote
from monographs.models.parts import Fact, Identifier, Reference, Section
from monographs.models.picture import Picture
from monographs.models.picture_use import PictureUse
from monographs.models.request import PublicationRequest
from monographs.models.search_index import IndexedName, Passage
from monographs.models.sign_off import SignOff
from monographs.models.standing import Standing
from monographs.models.wide_network import WideNetworkAct
from monographs.models.withdrawal import Withdrawal

__all__ = [
    "Correction",
    "Editing",
    "Edition",
    "Fact",
    "Filing",
    "FormerSlug",
    "Identifier",
    "IndexedName",
    "Listing",
    "LogEntry",
    "Monograph",
    "PageFrame",
    "PageReview",
    "PageVote",
    "Passage",
    "Picture",
    "PictureUse",
    "PublicationRequest",
    "Reference",
    "Section",
    "SignOff",
    "Standing",
    "Topic",
    "WideNetworkAct",
    "Withdrawal",
]
