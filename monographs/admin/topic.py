"""Topics in the admin."""

from django.contrib import admin

from monographs.admin.long_list import LongList
from monographs.models import Topic
from monographs.publishing import take_stock


@admin.register(Topic)
class TopicAdmin(LongList, admin.ModelAdmin):
    """The shelves of the library; readers see a new name on a page with its next edition."""

    list_display = ["name", "slug", "description"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and form.has_changed():
            # Their working copies have the new name; readers see it with the next edition.
            for monograph in obj.monographs.all():
                take_stock(monograph)

    def delete_model(self, request, obj):
        monographs = list(obj.monographs.all())
        super().delete_model(request, obj)
        for monograph in monographs:
            take_stock(monograph)

    def delete_queryset(self, request, queryset):
        for topic in queryset:
            self.delete_model(request, topic)
