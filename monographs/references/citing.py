"""Where references are cited, shown beside each in the form."""

from django import forms
from django.utils.functional import cached_property

from monographs.markdown_rules import CITATION, keys_cited


def headings_citing(sections):
    """Return {key: headings of the sections that cite it, in order}; sections are {heading, body} rows."""
    found = {}
    for section in sections:
        keys = {key for match in CITATION.finditer(section.body) for key in keys_cited(match)}
        for key in keys:
            found.setdefault(key, []).append(section.heading)
    return found


class ReferenceFormSet(forms.BaseInlineFormSet):
    """References, each with `cited_in`: the headings of the saved sections that cite it."""

    @cached_property
    def _citing(self):
        return headings_citing(self.instance.sections.all())

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.instance.cited_in = self._citing.get(form.instance.key, [])
