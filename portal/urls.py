"""Addresses of the portal; DESIGN names them and others rely on them."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from portal import feeds, sitemap, views
from portal.health import healthz, readyz
from portal.media import media
from portal.metrics import metrics
from portal.security_txt import security_txt
from portal.styleguide import styleguide

urlpatterns = [
    path("", views.front_page, name="front_page"),
    path("feeds/editions.atom", feeds.all_editions, name="feed"),
    path("monographs/<slug:slug>/editions.atom", feeds.editions_of, name="monograph_feed"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("sitemap-<int:part>.xml", sitemap.sitemap_part, name="sitemap_part"),
    path("robots.txt", views.robots, name="robots"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("api/v1/", include("portal.api.urls")),
    path("metrics", metrics, name="metrics"),
    path("styleguide/", admin.site.admin_view(styleguide), name="styleguide"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path(f"{settings.ADMIN_PATH}/editor/", include("monographs.editor")),
    path(f"{settings.ADMIN_PATH}/editor/", include("monographs.checklist.live")),
    path(f"{settings.ADMIN_PATH}/editor/", include("monographs.library")),
    path(f"{settings.ADMIN_PATH}/editor/", include("monographs.references.pasting")),
    path(f"{settings.ADMIN_PATH}/", admin.site.urls),
    path(f"{settings.MEDIA_URL.strip('/')}/<path:path>", media, name="media"),
    path("", include("reviews.urls")),
    path("", include("monographs.urls")),
]

handler400 = "portal.patience.bad_request"
handler500 = "portal.faults.error_page"
