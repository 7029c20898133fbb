"""Editions in the admin: to look at, to withdraw and to restore, never to change."""

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from monographs.admin.history import compare_page, restore_page, withdraw_page
from monographs.admin.long_list import MOST, LongList
from monographs.admin.named_filters import named
from monographs.models import Edition, Monograph, Withdrawal


class StateFilter(admin.SimpleListFilter):
    """Scheduled, public or withdrawn."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("scheduled", _("scheduled")), ("public", _("public")), ("withdrawn", _("withdrawn"))]

    def queryset(self, request, queryset):
        match self.value():
            case "scheduled":
                return queryset.scheduled()
            case "public":
                # As a join, PostgreSQL takes it that hardly any is left over, and sorts all of them.
                withdrawn = Withdrawal.objects.filter(edition=OuterRef("pk"))
                return queryset.filter(~Exists(withdrawn), public_from__lte=timezone.now())
            case "withdrawn":
                return queryset.exclude(withdrawal=None)


@admin.register(Edition)
class EditionAdmin(LongList, admin.ModelAdmin):
    """The history of all monographs. Nobody adds, changes or deletes an edition here."""

    list_display = ["title", "number", "state_in_short", "public_from", "published_by", "note"]
    list_select_related = ["published_by", "withdrawal"]
    list_filter = [
        StateFilter,
        ("public_from", named(admin.DateFieldListFilter, _("day"))),
        ("is_substantive", named(admin.BooleanFieldListFilter, _("substantive change"))),
    ]
    search_fields = ["monograph__title", "monograph__other_names", "monograph__slug"]
    ordering = ["-public_from", "-pk"]
    fields = [
        *("page", "number", "title", "state", "note", "is_substantive"),
        *("public_from", "published_at", "published_by", "digest"),
    ]
    readonly_fields = fields

    def get_search_results(self, request, queryset, search_term):
        if search_term.strip():
            # Monographs are looked through much faster than editions. Of what many have, the first editions do.
            searching = self.admin_site.get_model_admin(Monograph)
            found, _may_repeat = searching.get_search_results(request, Monograph.objects.order_by(), search_term)
            keys = list(found.values_list("pk", flat=True)[: MOST + 1])
            if len(keys) <= MOST:
                return queryset.filter(monograph__in=keys), False
        return super().get_search_results(request, queryset, search_term)

    @admin.display(description=_("page"))
    def page(self, edition):
        if not edition.is_public:
            return _("not public yet")
        return format_html('<a href="{}">{}</a>', edition.get_absolute_url(), edition)

    @admin.display(description=_("state"))
    def state_in_short(self, edition):
        """One word, for the list."""
        if edition.withdrawn:
            return _("withdrawn")
        return _("public") if edition.is_public else _("scheduled")

    @admin.display(description=_("state"))
    def state(self, edition):
        return edition.withdrawal.sentence if edition.withdrawn else self.state_in_short(edition)

    def get_urls(self):
        def wrap(view):
            return self.admin_site.admin_view(lambda request, object_id: view(request, self, object_id))

        return [
            path("<path:object_id>/compare/", wrap(compare_page), name="monographs_edition_compare"),
            path("<path:object_id>/restore/", wrap(restore_page), name="monographs_edition_restore"),
            path("<path:object_id>/withdraw/", wrap(withdraw_page), name="monographs_edition_withdraw"),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        context = {
            **(extra_context or {}),
            "may_withdraw": self.has_withdraw_permission(request),
            "may_restore": self.has_restore_permission(request),
        }
        return super().change_view(request, object_id, form_url, context)

    def view_on_site(self, edition):
        return edition.get_absolute_url() if edition.is_public else None

    def has_withdraw_permission(self, request):
        return request.user.has_perm("monographs.publish_monograph")

    def has_restore_permission(self, request):
        return request.user.has_perm("monographs.change_monograph")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def address(self, edition, name="change"):
        """Return the address of one of an edition's pages here."""
        return reverse(f"admin:monographs_edition_{name}", args=[edition.pk])
