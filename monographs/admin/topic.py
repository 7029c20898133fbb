"""Topics in the admin."""

from django.contrib import admin

from monographs.models import Topic


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):
    """The shelves of the library; readers see a new name on a page with its next edition."""

    list_display = ["name", "slug", "description"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
