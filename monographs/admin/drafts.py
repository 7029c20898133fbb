"""What is typed is kept in the browser until it is saved; the page after a save says that it was."""

import re

from django import forms

from monographs.scripts import DRAFTS_SCRIPTS

NAMES = re.compile(r"[0-9a-f]{32}( [0-9a-f]{32})*")


class DraftsMixin(metaclass=forms.MediaDefiningClass):
    """An admin whose form sends the names of the drafts that its text supersedes, and forgets them once it is saved."""

    class Media:
        css = {"all": ["css/changes.css", "css/drafts.css"]}
        js = DRAFTS_SCRIPTS

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        request.saved_drafts = form.cleaned_data["draft"]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        response = super().changeform_view(request, object_id, form_url, extra_context)
        saved = getattr(request, "saved_drafts", "")
        if NAMES.fullmatch(saved) and "Location" in response:
            # Only the tab that saved reads it, and nothing of it is kept anywhere.
            response["Location"] += f"#saved-{saved.replace(' ', '-')}"
        return response
