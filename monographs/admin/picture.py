"""The picture library in the admin. Whoever may write monographs keeps it."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from monographs.admin.long_list import LongList
from monographs.few import first_of
from monographs.forms import ACCEPT
from monographs.models import Monograph, Picture, PictureUse
from monographs.pictures import sent_with, store
from monographs.publishing import take_stock
from monographs.templatetags.monographs import small_picture
from monographs.typed_field import TypedField

MOST_FILES = 50
MOST_USES = 100
SHOWN_OF_USES = ("picture", "monograph__title", "edition__title", "edition__number")


class WordsForm(forms.ModelForm):
    """What is written about a picture."""

    class Meta:
        model = Picture
        fields = ["alt", "caption", "credit", "licence"]
        field_classes = {"alt": TypedField, "caption": TypedField, "credit": TypedField}
        widgets = {"alt": forms.Textarea(attrs={"rows": 2, "cols": 80})}


class UseFilter(admin.SimpleListFilter):
    """Pictures that something shows, or nothing."""

    title = gettext_lazy("use")
    parameter_name = "used"

    def lookups(self, request, model_admin):
        return [("yes", _("in use")), ("no", _("not in use"))]

    def queryset(self, request, queryset):
        used = Exists(PictureUse.objects.filter(picture=OuterRef("pk")))
        return {"yes": queryset.filter(used), "no": queryset.filter(~used)}.get(self.value(), queryset)


@admin.register(Picture)
class PictureAdmin(LongList, admin.ModelAdmin):
    """A list with thumbnails, an upload of several at once, and a page for each that says where it is shown."""

    form = WordsForm
    list_display = ["thumbnail", "words", "credit", "licence", "use_count", "uploaded"]
    list_display_links = ["words"]
    list_filter = [UseFilter, "licence"]
    search_fields = ["alt", "caption", "credit"]

    class Media:
        css = {"all": ["css/library.css", "css/side-pages.css"]}

    def get_queryset(self, request):
        uses = PictureUse.objects.filter(picture=OuterRef("pk")).order_by().values("picture")
        counted = Subquery(uses.annotate(count=Count("pk")).values("count"))
        return super().get_queryset(request).annotate(use_count=Coalesce(counted, 0))

    @admin.display(description=gettext_lazy("picture"))
    def thumbnail(self, picture):
        return small_picture(picture)

    @admin.display(description=gettext_lazy("what it shows"), ordering="alt")
    def words(self, picture):
        return Truncator(picture.alt).words(20) or _("not described yet")

    @admin.display(description=gettext_lazy("shown in"), ordering="use_count")
    def use_count(self, picture):
        return picture.use_count

    @admin.display(description=gettext_lazy("uploaded"), ordering="uploaded_at")
    def uploaded(self, picture):
        return date_format(timezone.localtime(picture.uploaded_at), "DATE_FORMAT")

    def add_view(self, request, form_url="", extra_context=None):
        return upload_page(request, self)

    def changelist_view(self, request, extra_context=None):
        context = {"title": _("Picture library"), "accept": ACCEPT, **(extra_context or {})}
        return super().changelist_view(request, context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        picture = self.get_object(request, unquote(object_id))
        uses = picture.uses.select_related("monograph", "edition").only(*SHOWN_OF_USES) if picture else []
        sent = sent_with(picture) if picture else []
        context = {"uses": first_of(uses, MOST_USES), "sent": sent, "subtitle": Truncator(picture).words(8)}
        context |= {"show_save_and_add_another": False, **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)

    @transaction.atomic
    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if {"credit", "licence"} & set(form.changed_data):
            # A new credit is a change of every text that shows it, and readers see it with the next edition.
            for monograph in Monograph.objects.filter(pk__in=obj.uses.filter(edition=None).values("monograph")):
                take_stock(monograph)

    def delete_view(self, request, object_id, extra_context=None):
        picture = self.get_object(request, unquote(object_id))
        if picture and self.has_delete_permission(request, picture):
            if picture.is_used:
                return self._is_used(request, picture)
            try:
                return super().delete_view(request, object_id, extra_context)
            except Picture.InUse:
                return self._is_used(request, picture)
        return super().delete_view(request, object_id, extra_context)

    def delete_model(self, request, obj):
        obj.remove()

    def _is_used(self, request, picture):
        count = picture.uses.count() + len(sent_with(picture))
        text = ngettext(
            "It cannot be deleted, because it is shown in %d place. The list below says where.",
            "It cannot be deleted, because it is shown in %d places. The list below says where.",
            count,
        )
        messages.error(request, text % count)
        return HttpResponseRedirect(picture.get_admin_url())

    def get_actions(self, request):
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("monographs.change_monograph")

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


@require_http_methods(["GET", "HEAD", "POST"])
def upload_page(request, admin):
    """Take several files at once; each is kept or named with the reason."""
    if not admin.has_add_permission(request):
        raise PermissionDenied
    if request.method == "POST":
        files = request.FILES.getlist("pictures")
        if not files:
            messages.error(request, _("No picture arrived. Choose one or several files."))
        else:
            kept = _keep(request, admin, files)
            if len(files) == len(kept) == 1:
                return HttpResponseRedirect(kept[0].get_admin_url())
            return HttpResponseRedirect(reverse("admin:monographs_picture_changelist"))
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": _("Add pictures to the library"),
        "accept": ACCEPT,
        "media": admin.media,
    }
    return TemplateResponse(request, "admin/monographs/picture/upload.html", context)


def _keep(request, admin, files):
    """Return the Pictures of files, and say what became of each."""
    new, known = [], []
    for file in files[:MOST_FILES]:
        before = Picture.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        try:
            picture = store(file, by=request.user)
        except ValidationError as error:
            reason = {"name": file.name, "reason": " ".join(error.messages)}
            messages.error(request, _("“%(name)s”: %(reason)s") % reason)
            continue
        if picture.pk > before:
            admin.log_addition(request, picture, _("Uploaded"))
            new.append(picture)
        else:
            messages.info(request, _("“%(name)s” is in the library already.") % {"name": file.name})
            known.append(picture)
    if new:
        text = ngettext("%d picture is in the library.", "%d pictures are in the library.", len(new)) % len(new)
        messages.success(request, f"{text} {_('Describe what it shows for people who cannot see it.')}")
    if len(files) > MOST_FILES:
        messages.error(request, _("Only the first %d files were taken. Send the others afterwards.") % MOST_FILES)
    return new + known
