"""Addresses of monographs, editions, topics and search."""

from django.urls import path

from monographs import views

urlpatterns = [
    path("monographs/", views.monograph_list, name="monographs"),
    path("monographs/<slug:slug>/", views.monograph_page, name="monograph"),
    path("monographs/<slug:slug>/editions/", views.edition_list, name="editions"),
    path("monographs/<slug:slug>/editions/<int:number>/", views.edition_page, name="edition"),
    path("monographs/<slug:slug>/editions/<int:number>/changes/", views.edition_changes, name="edition_changes"),
    path("monographs/<slug:slug>/corrections/new/", views.correction_new, name="correction_new"),
    path("monographs/<slug:slug>/corrections/thanks/", views.correction_thanks, name="correction_thanks"),
    path("sign-off/<str:token>/", views.sign_off_page, name="sign_off"),
    path("topics/", views.topic_list, name="topics"),
    path("topics/<slug:slug>/", views.topic_page, name="topic"),
    path("search/", views.search_page, name="search"),
]
