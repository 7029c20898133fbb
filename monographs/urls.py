"""Addresses of monographs, editions, topics and search."""

import re

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from monographs import views
from monographs.formats import FORMATS


class EndingConverter(StringConverter):
    """How the address of a format ends."""

    regex = "|".join(map(re.escape, FORMATS))


register_converter(EndingConverter, "ending")

urlpatterns = [
    path("monographs/", views.monograph_list, name="monographs"),
    path("monographs/<slug:slug>/", views.monograph_page, name="monograph"),
    path("monographs/<slug:slug>/editions/", views.edition_list, name="editions"),
    path("monographs/<slug:slug>/editions/<int:number>/", views.edition_page, name="edition"),
    path("monographs/<slug:slug>/editions/<int:number>/changes/", views.edition_changes, name="edition_changes"),
    path("monographs/<slug:slug>/corrections/new/", views.correction_new, name="correction_new"),
    path("monographs/<slug:slug>/corrections/thanks/", views.correction_thanks, name="correction_thanks"),
    path("monographs/<slug:slug>/helpful/", views.page_helpful, name="page_helpful"),
    path("monographs/<slug:slug>/editions/<int:number>/cite/", views.edition_cite, name="edition_cite"),
    path("monographs/<slug:slug>/editions/<int:number>.<ending:ending>", views.edition_format, name="edition_format"),
    path("monographs/<slug:slug>/editions/<int:number>/share.png", views.edition_share_picture, name="share_picture"),
    path("monographs/<slug:slug>.<ending:ending>", views.edition_format, name="monograph_format"),
    path("schemas/edition.json", views.edition_schema, name="edition_schema"),
    path("sign-off/<str:token>/", views.sign_off_page, name="sign_off"),
    path("topics/", views.topic_list, name="topics"),
    path("topics/<slug:slug>/", views.topic_page, name="topic"),
    path("search/", views.search_page, name="search"),
    path("search/suggest/", views.search_suggest, name="search_suggest"),
    path("opensearch.xml", views.opensearch, name="opensearch"),
]
