"""The archive of reviews in the admin: to look for and to read. Decisions are made at the desk."""

from django.contrib import admin
from django.template.defaultfilters import linebreaksbr
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from monographs.admin.long_list import MOST_FOUND, LongList, first_rows
from monographs.admin.named_filters import named
from monographs.search import Query
from reviews.admin.filters import FindingsFilter
from reviews.admin.history import history_page
from reviews.admin.read_only import ReadOnly
from reviews.models import Review
from reviews.screening import label_of
from reviews.search import indexing


@admin.register(Review)
class ReviewAdmin(ReadOnly, LongList, admin.ModelAdmin):
    """All reviews, newest first; one with what goes with it and what was found in it."""

    class Media:
        css = {"all": ["css/moderation.css"]}

    list_display = ["title", "monograph_title", "status", "kinds", "sent_on", "stars"]
    list_filter = [
        "status",
        ("submitted_at", named(admin.DateFieldListFilter, _("day"))),
        ("perspective", named(admin.ChoicesFieldListFilter, _("author"))),
        FindingsFilter,
    ]
    search_fields = ["title", "body", "author_name"]
    search_help_text = _(
        "Finds words of public reviews. Of the others it looks through the first 500 of the list, names too: "
        "narrow it by status or day to reach further."
    )
    sortable_by = ["sent_on"]
    actions = None
    fieldsets = [
        (None, {"fields": ["status", "title", "text", "found"]}),
        (
            _("What goes with it"),
            {"fields": ["author_name", "perspective", "reason_for_use", "form_taken", "duration", "month", "stars"]},
        ),
        (
            _("Where it comes from"),
            {"fields": ["monograph_title", "edition_number", "submitted_at", "has_email"]},
        ),
    ]
    readonly_fields = ["text", "found", "month", "stars", "monograph_title", "edition_number", "has_email"]
    # By these and nothing else may an address narrow the list: the address could otherwise ask for stars or e-mail.
    LOOKUPS = ("status__exact", "perspective__exact", "findings", "monograph__id__exact")
    LOOKUPS += ("submitted_at__gte", "submitted_at__lt")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("monograph", "card")

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        few, _may_repeat = super().get_search_results(request, first_rows(queryset), search_term)
        public = indexing.public_with(Query.read(search_term), most=MOST_FOUND)
        return queryset.filter(pk__in={*few.values_list("pk", flat=True), *public}), False

    def lookup_allowed(self, lookup, value, request=None):
        return lookup in self.LOOKUPS

    def view_on_site(self, review):
        return review.get_absolute_url() if review.is_public else None

    def change_view(self, request, object_id, form_url="", extra_context=None):
        user = request.user
        context = {
            "may_decide": user.has_perm("reviews.moderate_review"),
            "may_reply": user.has_perm("reviews.reply_review"),
            **(extra_context or {}),
        }
        return super().change_view(request, object_id, form_url, context)

    def history_view(self, request, object_id, extra_context=None):
        return history_page(self, request, object_id)

    @admin.display(description=_("monograph"))
    def monograph_title(self, review):
        return review.monograph.title

    @admin.display(description=_("stars"))
    def stars(self, review):
        if hasattr(review, "card") or review.status not in (Review.Status.APPROVED, Review.Status.REJECTED):
            return _("hidden until decided")
        return f"{review.rating} – {review.get_rating_display()}"

    @admin.display(description=_("text"))
    def text(self, review):
        return format_html('<div class="review-text" dir="auto">{}</div>', linebreaksbr(review.body))

    @admin.display(description=_("findings"))
    def kinds(self, review):
        return ", ".join(dict.fromkeys(label_of(finding["kind"]) for finding in review.findings)) or "–"

    @admin.display(description=_("findings"))
    def found(self, review):
        lines = [(label_of(finding["kind"]), finding["words"]) for finding in review.findings]
        return format_html_join("", "<div>{}: “{}”</div>", lines) or _("none")

    @admin.display(description=_("sent on"), ordering="submitted_at")
    def sent_on(self, review):
        return date_format(timezone.localtime(review.submitted_at), "DATE_FORMAT")

    @admin.display(description=_("when"))
    def month(self, review):
        return date_format(review.experienced_on, "YEAR_MONTH_FORMAT") if review.experienced_on else "–"

    @admin.display(description=_("edition"))
    def edition_number(self, review):
        return format_html('<a href="{}">{}</a>', review.edition.get_absolute_url(), review.edition.number)

    @admin.display(description=_("e-mail address given"), boolean=True)
    def has_email(self, review):
        return bool(review.email)
