"""The parts of a working copy as rows of its form."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from monographs.editor import MarkdownEditor
from monographs.models import Fact, Identifier, Reference, Section
from monographs.references.citing import ReferenceFormSet
from monographs.scripts import REFERENCES_SCRIPT, ROWS_SCRIPT
from monographs.typed_field import LinesField


class SectionForm(forms.ModelForm):
    class Meta:
        model = Section
        fields = ["heading", "kind", "body", "position"]
        widgets = {"body": MarkdownEditor}
        field_classes = {"body": LinesField}


class OrderedInline:
    """Rows with a position that buttons change; without script, the number itself.

    Without script a row is added by saving: the form then comes back with an empty one (`?empty=sections`).
    """

    extra = 0

    def get_extra(self, request, obj=None, **kwargs):
        name = self.model._meta.get_field("monograph").remote_field.get_accessor_name()
        return 1 if request.method != "POST" and request.GET.get("empty") == name else 0

    class Media:
        css = {"all": ["css/rows.css"]}
        js = [ROWS_SCRIPT, "js/rows-drag.js"]


class SectionInline(OrderedInline, admin.StackedInline):
    model = Section
    form = SectionForm
    fields = [("heading", "kind", "position"), "body"]
    verbose_name_plural = _("Sections")


class FactInline(OrderedInline, admin.StackedInline):
    model = Fact
    fields = ["label", "value", "position"]
    verbose_name_plural = _("Key facts")


class IdentifierInline(OrderedInline, admin.StackedInline):
    model = Identifier
    fields = ["register", "value", "position"]
    verbose_name_plural = _("Identifiers")


class ReferenceInline(OrderedInline, admin.StackedInline):
    model = Reference
    formset = ReferenceFormSet
    classes = ["collapse"]
    fields = ["authors", "title", "key", "year", "source", "checked_on", "doi", "pmid", "url", "cited_in", "position"]
    readonly_fields = ["cited_in"]
    verbose_name_plural = _("References")

    class Media:
        css = {"all": ["css/rows.css", "css/references.css"]}
        js = [ROWS_SCRIPT, "js/rows-drag.js", REFERENCES_SCRIPT]

    @admin.display(description=_("cited in"))
    def cited_in(self, reference):
        return ", ".join(reference.cited_in) or _("nowhere yet")
