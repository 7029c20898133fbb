"""The log of decisions: to read, never to change."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from monographs.admin.long_list import MOST_FOUND, LongList, first_rows
from monographs.admin.named_filters import named
from monographs.search import Query
from reviews.admin.read_only import ReadOnly
from reviews.fairness.of_rules import rule_figures
from reviews.fairness.statistics import FEWEST
from reviews.models import Appeal, Decision
from reviews.screening.result import LIKELY_SPAM
from reviews.search import indexing


@admin.register(Decision)
class DecisionAdmin(ReadOnly, LongList, admin.ModelAdmin):
    """Everything that was decided, newest first.

    A refusal that is being appealed against comes back when it is answered: until then nobody sees here who decided.
    """

    class Media:
        css = {"all": ["css/moderation.css"]}

    list_display = ["review", "verdict", "reason", "moderator", "at"]
    list_select_related = ["review", "by"]
    list_filter = ["verdict", "reason", ("at", named(admin.DateFieldListFilter, _("day")))]
    sortable_by = ["at"]
    search_fields = ["review__title", "message"]
    search_help_text = _(
        "Finds words of public reviews. Of the others it looks through the first 500 of the list, messages too: "
        "narrow it by verdict, reason or day to reach further."
    )
    fields = ["review", "wording", "verdict", "reason", "message", "moderator", "at"]
    readonly_fields = ["moderator"]

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(appeal__in=Appeal.objects.open())

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        few, _may_repeat = super().get_search_results(request, first_rows(queryset), search_term)
        public = indexing.public_with(Query.read(search_term), most=MOST_FOUND)
        return queryset.filter(Q(pk__in=list(few.values_list("pk", flat=True))) | Q(review__in=public)), False

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
