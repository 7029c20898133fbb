"""The log of decisions: to read, never to change."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from reviews.admin.read_only import ReadOnly
from reviews.models import Appeal, Decision


@admin.register(Decision)
class DecisionAdmin(ReadOnly, admin.ModelAdmin):
    """Everything that was decided, newest first.

    A refusal that is being appealed against comes back when it is answered: until then nobody sees here who decided.
    """

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

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(appeal__in=Appeal.objects.open())

    @admin.display(description=_("by"))
    def moderator(self, decision):
        # The name alone: moderators need no access to accounts.
        return decision.moderator
