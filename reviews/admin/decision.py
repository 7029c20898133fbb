"""The log of decisions: to read, never to change."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from reviews.models import Decision


class ReadOnly:
    """What nobody may add, change or delete; moderators may look at it."""

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("reviews.view_review")

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Decision)
class DecisionAdmin(ReadOnly, admin.ModelAdmin):
    """Everything that was decided, newest first."""

    class Media:
        css = {"all": ["css/moderation.css"]}

    list_display = ["review", "verdict", "reason", "moderator", "at"]
    list_select_related = ["review", "by"]
    list_filter = ["verdict", "reason", "at"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["review__title", "message"]
    fields = ["review", "wording", "verdict", "reason", "message", "moderator", "at"]
    readonly_fields = ["moderator"]

    @admin.display(description=_("by"))
    def moderator(self, decision):
        # The name alone: moderators need no access to accounts.
        return decision.moderator


class DecisionInline(ReadOnly, admin.StackedInline):
    """The decisions about one review."""

    model = Decision
    # Each is headed by the decision in words: what, by whom, when.
    fields = ["wording", "reason", "message"]
    extra = 0
    verbose_name_plural = Decision._meta.verbose_name_plural

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("review", "by")
