"""Editions in the admin: to look at, never to change."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from monographs.models import Edition


@admin.register(Edition)
class EditionAdmin(admin.ModelAdmin):
    """The history of all monographs. Nobody adds, changes or deletes an edition here."""

    list_display = ["title", "number", "public_from", "published_by", "note"]
    list_select_related = ["published_by"]
    list_filter = ["public_from"]
    search_fields = ["title", "note"]
    ordering = ["-public_from", "-pk"]
    fields = ["page", "number", "title", "note", "public_from", "published_at", "published_by", "digest"]
    readonly_fields = fields

    @admin.display(description=_("page"))
    def page(self, edition):
        if not edition.is_public:
            return _("not public yet")
        return format_html('<a href="{}">{}</a>', edition.get_absolute_url(), edition)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
