from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class PortalConfig(AppConfig):
    name = "portal"
    default = True

    def ready(self):
        from portal import checks, slow_queries  # noqa: F401  (registers the checks)

        slow_queries.watch()


class DeskConfig(admin_apps.AdminConfig):
    """Django's admin with the portal's own site."""

    default = False
    default_site = "portal.desk.Desk"
