"""The working copy in the admin."""

import re

from django.contrib import admin, messages
from django.db.models import OuterRef, Subquery
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.admin.conflicts import ConflictsMixin, GuardedForm
from monographs.admin.desk_pages import DeskPagesMixin
from monographs.admin.drafts import DraftsMixin
from monographs.admin.long_list import MOST, LongList
from monographs.admin.named_filters import named
from monographs.admin.parts import FactInline, IdentifierInline, ReferenceInline, SectionInline
from monographs.admin.presence import PresenceMixin
from monographs.admin.preview import preview_page
from monographs.admin.publishing import publish_page
from monographs.admin.review_due import ReviewFilter
from monographs.models import Edition, LogEntry, Monograph
from monographs.publishing import draft_of, take_stock
from monographs.references.pasting import add_references_page
from monographs.scripts import CHECKLIST_SCRIPT
from monographs.search import indexing

MOST_ENTRIES = 200
PART = re.compile(r"""[^\s"'\\]+""")
SHORTEST_PART = 3
"""Letters that the index of titles needs."""

EMPTY_ROWS = ("sections", "facts", "identifiers", "references")


@admin.register(Monograph)
class MonographAdmin(DeskPagesMixin, DraftsMixin, PresenceMixin, ConflictsMixin, LongList, admin.ModelAdmin):
    """Editors write here; Save changes the working copy only, and the Publish page makes it public."""

    form = GuardedForm
    inlines = [SectionInline, FactInline, IdentifierInline, ReferenceInline]
    list_display = ["title", "in_force", "state", "changed_at", "changed_by"]
    list_select_related = ["changed_by"]
    list_filter = [
        ("has_changes", named(admin.BooleanFieldListFilter, gettext_lazy("unpublished changes"))),
        *(ReviewFilter, "topics"),
    ]
    search_fields = ["title", "other_names", "slug"]
    prepopulated_fields = {"slug": ["title"]}
    save_on_top = True

    class Media:
        css = {"all": ["css/desk.css", "css/checklist.css", "css/side-pages.css"]}
        js = [CHECKLIST_SCRIPT]

    def get_queryset(self, request):
        latest = Edition.objects.filter(monograph=OuterRef("pk")).order_by("-number")
        in_force = Edition.objects.in_force().filter(monograph=OuterRef("pk"))
        return (
            super()
            .get_queryset(request)
            .annotate(
                latest_digest=Subquery(latest.values("digest")[:1]),
                latest_number=Subquery(latest.values("number")[:1]),
                number_in_force=Subquery(in_force.values("number")[:1]),
            )
        )

    def get_search_results(self, request, queryset, search_term):
        part = max(PART.findall(search_term), key=len, default="")
        if len(part) >= SHORTEST_PART:
            keys = indexing.titles().keys_with(part, most=MOST + 1)
            # Of what more have, the first of the list are soon met without an index.
            if len(keys) <= MOST:
                queryset = queryset.filter(pk__in=keys)
        return super().get_search_results(request, queryset, search_term)

    @admin.display(description=gettext_lazy("in force"), ordering="number_in_force", empty_value="–")
    def in_force(self, monograph):
        number = monograph.number_in_force
        return number and _("edition %(number)d") % {"number": number}

    @admin.display(description=gettext_lazy("working copy"))
    def state(self, monograph):
        if monograph.latest_digest is None:
            return _("never published")
        if monograph.has_changes:
            return _("has unpublished changes")
        return _("as in edition %(number)d") % {"number": monograph.latest_number}

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.user = request.user
        return form

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    def get_prepopulated_fields(self, request, obj=None):
        # The address follows the title only until somebody can have a link to it.
        return {} if obj and obj.latest_digest else self.prepopulated_fields

    def has_delete_permission(self, request, obj=None):
        # What was public stays in the history.
        return super().has_delete_permission(request, obj) and not (obj and obj.latest_digest)

    def has_publish_permission(self, request):
        return request.user.has_perm("monographs.publish_monograph")

    def get_actions(self, request):
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def view_on_site(self, monograph):
        return monograph.get_absolute_url() if monograph.number_in_force else None

    def get_urls(self):
        def wrap(view):
            return self.admin_site.admin_view(lambda request, object_id: view(request, self, object_id))

        return [
            path("<path:object_id>/publish/", wrap(publish_page), name="monographs_monograph_publish"),
            path("<path:object_id>/references/", wrap(add_references_page), name="monographs_monograph_references"),
            path("<path:object_id>/preview/", wrap(preview_page), name="monographs_monograph_preview"),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        context = {**(extra_context or {}), "may_publish": self.has_publish_permission(request)}
        return super().change_view(request, object_id, form_url, context)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if form.has_changed() or any(formset.has_changed() for formset in formsets):
            monograph = form.instance
            monograph.changed_by, monograph.changed_at = request.user, timezone.now()
            monograph.save(update_fields=["changed_by", "changed_at"])
            take_stock(monograph)
            LogEntry.objects.create(monograph=monograph, event=LogEntry.Event.SAVED, by=request.user)

    def log_change(self, request, obj, message):
        # A save that changed nothing stands in our log neither.
        return super().log_change(request, obj, message) if message else None

    def history_view(self, request, object_id, extra_context=None):
        monograph = self.get_object(request, object_id)
        entries = LogEntry.objects.filter(monograph=monograph).select_related("by", "edition")[:MOST_ENTRIES]
        return super().history_view(request, object_id, {**(extra_context or {}), "entries": entries})

    def response_add(self, request, obj, post_url_continue=None):
        messages.success(request, _("“%(title)s” has its five sections. Write their text here.") % {"title": obj})
        return HttpResponseRedirect(reverse("admin:monographs_monograph_change", args=[obj.pk]))

    def response_change(self, request, obj):
        if "_publish" in request.POST and self.has_publish_permission(request):
            return HttpResponseRedirect(reverse("admin:monographs_monograph_publish", args=[obj.pk]))
        response = super().response_change(request, obj)
        if (part := request.POST.get("_empty_row")) in EMPTY_ROWS:
            response = HttpResponseRedirect(f"{request.path}?empty={part}#{part}-group")
        self._say_what_readers_see(request, obj)
        return response

    def _say_what_readers_see(self, request, monograph):
        in_force = monograph.edition_in_force
        links = format_html(
            '<a href="{}">{}</a>', reverse("admin:monographs_monograph_preview", args=[monograph.pk]), _("Preview")
        )
        text = (
            _("Only the working copy is saved. Readers still see edition %(number)d.") % {"number": in_force.number}
            if in_force
            else _("Only the working copy is saved. Readers see nothing until it is published.")
        )
        messages.info(request, format_html("{} {}", text, links))
        problems = draft_of(monograph)[1]
        if problems:
            lines = format_html_join("", "<li>{}</li>", ((problem,) for problem in problems))
            heading = _("Before it can be published:")
            messages.warning(request, format_html("{}<ul>{}</ul>", heading, lines))
