"""By what moderators narrow the queue. Stars are not among it."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from monographs.admin.long_list import first_rows


class FindingsFilter(admin.SimpleListFilter):
    """Whether the screening saw something; looks at the first rows that the filters before it leave."""

    title = _("findings")
    parameter_name = "findings"

    def lookups(self, request, model_admin):
        return [("yes", _("With findings")), ("no", _("Without"))]

    def queryset(self, request, queryset):
        if self.value() == "yes":
            return first_rows(queryset).exclude(findings=[])
        if self.value() == "no":
            return first_rows(queryset).filter(findings=[])
        return queryset
