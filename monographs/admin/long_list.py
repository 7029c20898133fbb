"""Lists in the admin that cost the same however long they are: counted, and paged through, no further than MOST."""

from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.text import capfirst

MOST = 1000
MOST_FOUND = 200
"""Rows that a search shows, the newest, when an index finds them."""

MOST_LOOKED_AT = 500
"""The first rows of a list, among which is sought what no index finds."""


class ShortCount(Paginator):
    """Pages of the first MOST rows; `is_cut` tells that there are more, which a narrower list shows."""

    @cached_property
    def _counted(self):
        return self.object_list.order_by().values("pk")[: MOST + 1].count()

    @property
    def count(self):
        return min(self._counted, MOST)

    @property
    def is_cut(self):
        return self._counted > MOST


class LongList:
    """For a ModelAdmin whose rows may be a million. The list bears their name, and no order to select one."""

    paginator = ShortCount
    show_full_result_count = False
    list_per_page = 50

    def changelist_view(self, request, extra_context=None):
        context = {"title": capfirst(self.opts.verbose_name_plural), **(extra_context or {})}
        return super().changelist_view(request, context)


def first_rows(queryset):
    """Return a queryset without what stands behind its first rows, to be narrowed by what no index finds."""
    return queryset.filter(pk__in=list(queryset.values_list("pk", flat=True)[:MOST_LOOKED_AT]))
