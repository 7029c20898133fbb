"""Addresses of the portal; DESIGN names them and others rely on them."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from portal import views
from portal.media import media

urlpatterns = [
    path("", views.front_page, name="front_page"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path(f"{settings.ADMIN_PATH}/editor/", include("monographs.editor")),
    path(f"{settings.ADMIN_PATH}/editor/", include("monographs.checklist.live")),
    path(f"{settings.ADMIN_PATH}/editor/", include("monographs.references.pasting")),
    path(f"{settings.ADMIN_PATH}/", admin.site.urls),
    path(f"{settings.MEDIA_URL.strip('/')}/<path:path>", media, name="media"),
    path("", include("reviews.urls")),
    path("", include("monographs.urls")),
]
