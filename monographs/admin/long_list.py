"""Lists in the admin that cost the same however long they are: counted, and paged through, no further than MOST."""

from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.text import capfirst

MOST = 500
MOST_FOUND = 200
"""Rows that a search shows, the newest, when an index finds them."""

MOST_LOOKED_AT = 500
"""The first rows of a list, among which is sought what no index finds."""


class ShortCount(Paginator):
    """Pages of the first MOST rows; `is_cut` tells that there are more, which a narrower list shows.

    They are counted by their keys, and a page alone is loaded, from `rows`: else what is shown beside each row would be
    read for all of them before they are sorted.
    """

    rows = None

    @cached_property
    def _keys(self):
        return list(self.object_list.values_list("pk", flat=True)[: MOST + 1])

    @property
    def count(self):
        return min(len(self._keys), MOST)

    @property
    def is_cut(self):
        return len(self._keys) > MOST

    def page(self, number):
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        keys = self._keys[first : min(first + self.per_page, MOST)]
        loaded = self.rows.in_bulk(keys)
        return self._get_page([loaded[key] for key in keys if key in loaded], number, self)


class LongList:
    """For a ModelAdmin whose rows may be a million. The list bears their name, and no order to select one."""

    paginator = ShortCount
    show_full_result_count = False
    list_per_page = 50

    def get_paginator(self, request, queryset, *arguments, **options):
        paginator = super().get_paginator(request, queryset, *arguments, **options)
        paginator.rows = self.get_queryset(request).order_by()
        paginator.rows.query.select_related = queryset.query.select_related
        return paginator

    def changelist_view(self, request, extra_context=None):
        context = {"title": capfirst(self.opts.verbose_name_plural), **(extra_context or {})}
        return super().changelist_view(request, context)


def first_rows(queryset):
    """Return a queryset without what stands behind its first rows, to be narrowed by what no index finds."""
    return queryset.filter(pk__in=list(queryset.values_list("pk", flat=True)[:MOST_LOOKED_AT]))
