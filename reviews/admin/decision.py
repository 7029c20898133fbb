"""The log of decisions: to read, never to change."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from reviews.admin.read_only import ReadOnly
from reviews.fairness.of_rules import rule_figures
from reviews.fairness.statistics import FEWEST
from reviews.models import Appeal, Decision
from reviews.screening.result import LIKELY_SPAM


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

    def get_urls(self):
        rules = self.admin_site.admin_view(self.rules_page)
        return [path("rules/", rules, name="reviews_decision_rules"), *super().get_urls()]

    def rules_page(self, request):
        """How the rules of the screening do on the site's own decisions."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("How often the rules are right"),
            "figures": rule_figures(),
            "fewest": FEWEST,
            "likely_spam": LIKELY_SPAM,
        }
        return TemplateResponse(request, "admin/reviews/decision/rules.html", context)

    @admin.display(description=_("by"))
    def moderator(self, decision):
        # The name alone: moderators need no access to accounts.
        return decision.moderator
