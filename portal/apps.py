from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self):
        from django.contrib import admin

        from portal import checks  # noqa: F401  (registers the checks)

        admin.site.site_header = admin.site.site_title = settings.SITE_NAME
        admin.site.index_title = _("Desk")
