"""By what moderators narrow the queue. Stars are not among it."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class FindingsFilter(admin.SimpleListFilter):
    """Whether the screening saw something."""

    title = _("findings")
    parameter_name = "findings"

    def lookups(self, request, model_admin):
        return [("yes", _("With findings")), ("no", _("Without"))]

    def queryset(self, request, queryset):
        if self.value() == "yes":
            return queryset.exclude(findings=[])
        if self.value() == "no":
            return queryset.filter(findings=[])
        return queryset
