"""The public pages of monographs, editions and topics, and the search."""

from monographs.views.corrections import correction_new, correction_thanks
from monographs.views.editions import edition_changes, edition_list, edition_page, monograph_page
from monographs.views.formats import edition_cite, edition_format, edition_schema, edition_share_picture
from monographs.views.lists import monograph_list, topic_list, topic_page
from monographs.views.page_votes import page_helpful
from monographs.views.searching import opensearch, search_page, search_suggest
from monographs.views.sign_off import sign_off_page

__all__ = [
    "correction_new",
    "correction_thanks",
    "edition_changes",
    "edition_cite",
    "edition_format",
    "edition_list",
    "edition_page",
    "edition_schema",
    "edition_share_picture",
    "monograph_list",
    "monograph_page",
    "opensearch",
    "page_helpful",
    "search_page",
    "search_suggest",
    "sign_off_page",
    "topic_list",
    "topic_page",
]
