"""Addresses of the API."""

from django.urls import path

from portal.api.api import api
from portal.api.documentation import api_page, openapi

urlpatterns = [
    path("", api_page, name="api_page"),
    path("openapi.json", openapi, name="openapi"),
    path("", api.urls),
]
