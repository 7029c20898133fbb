"""Addresses of reviews."""

from django.urls import path

from reviews import views

urlpatterns = [
    path("monographs/<slug:slug>/reviews/", views.review_list, name="reviews"),
    path("monographs/<slug:slug>/reviews/new/", views.review_new, name="review_new"),
    path("monographs/<slug:slug>/reviews/check/", views.review_check, name="review_check"),
    path("reviews/<int:pk>/", views.review_page, name="review"),
    path("reviews/<int:pk>/report/", views.review_report, name="review_report"),
    path("reviews/<int:pk>/helpful/", views.review_helpful, name="review_helpful"),
    path("reviews/reported/", views.review_report_thanks, name="review_report_thanks"),
    path("reviews/policy/", views.policy, name="review_policy"),
    path("reviews/fairness/", views.fairness, name="review_fairness"),
    path("reviews/fairness.csv", views.fairness_csv, name="review_fairness_csv"),
    path("reviews/mine/", views.my_links, name="my_links"),
    path("reviews/mine/sent/", views.my_links_sent, name="my_links_sent"),
    path("reviews/mine/erased/", views.my_review_erased, name="my_review_erased"),
    path("reviews/mine/<str:token>/", views.my_review, name="my_review"),
    path("reviews/mine/<str:token>/confirm/", views.my_review_confirm, name="my_review_confirm"),
    path("reviews/mine/<str:token>/check/", views.my_review_check, name="my_review_check"),
    path("reviews/mine/<str:token>/edit/", views.my_review_edit, name="my_review_edit"),
    path("reviews/mine/<str:token>/appeal/", views.my_review_appeal, name="my_review_appeal"),
    path("reviews/mine/<str:token>/data/", views.my_review_data, name="my_review_data"),
    path("reviews/mine/<str:token>/erase/", views.my_review_erase, name="my_review_erase"),
    path("reviews/mine/<str:token>/renew/", views.my_review_renew, name="my_review_renew"),
    path("reviews/mine/<str:token>/withdraw/", views.my_review_withdraw, name="my_review_withdraw"),
]
