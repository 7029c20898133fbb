"""The form of a monograph's working copy, with its lead picture."""

from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.core.files import File
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.models import Monograph, Picture
from monographs.pictures import store
from monographs.scripts import LIBRARY_SCRIPT
from monographs.typed_field import LinesField

ACCEPT = "image/png,image/jpeg,image/webp,image/avif,image/gif"


class PictureChoice(NamedTuple):
    """What the person asked for: a new file, none, or what was there, by its key (None: the form did not say)."""

    upload: File | None
    is_removed: bool
    kept: str | None


class PictureInput(forms.Widget):
    """Shows `picture` as it is now, with its number in the library, a field for a new file and a box to remove it.

    A script hides the number and opens the library in its place.
    """

    needs_multipart_form = True
    picture = None
    template_name = "admin/monographs/picture/input.html"

    class Media:
        css = {"all": ["css/editor.css", "css/library.css"]}
        js = [LIBRARY_SCRIPT]

    def value_from_datadict(self, data, files, name):
        return PictureChoice(files.get(f"{name}_upload"), f"{name}_remove" in data, data.get(name))

    def value_omitted_from_data(self, data, files, name):
        return name not in data and f"{name}_upload" not in files

    def id_for_label(self, id_):
        return f"{id_}_upload"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, None, attrs)
        typed = value.kept if isinstance(value, PictureChoice) else None
        number = self.picture.pk if self.picture else typed or ""
        described_by = context["widget"]["attrs"].get("aria-describedby", "")
        return {**context, "picture": self.picture, "number": number, "accept": ACCEPT, "described_by": described_by}

    def render(self, name, value, attrs=None, renderer=None):
        # The site's own renderer of forms knows Django's templates only.
        return render_to_string(self.template_name, self.get_context(name, value, attrs))


class PictureField(forms.Field):
    """Cleans to the file that was uploaded, else to the Picture that stays, else to None."""

    widget = PictureInput

    def to_python(self, value):
        """Find the Picture that stays, and let the widget show it from now on."""
        if value.kept is not None:
            self.widget.picture = self._find(value.kept)
        return value.upload or (None if value.is_removed else self.widget.picture)

    def _find(self, key):
        if not key:
            return None
        try:
            return Picture.objects.get(pk=key)
        except (Picture.DoesNotExist, ValueError) as error:
            words = _("That picture is not there any more. Choose another, or upload it again.")
            raise ValidationError(words) from error

    def has_changed(self, initial, data):
        return bool(data.upload) or data.is_removed or (data.kept is not None and data.kept != str(initial or ""))


class MonographForm(forms.ModelForm):
    """The working copy without its rows. `user` is who uploads; the admin sets it on the class of each request."""

    user = None
    lead_picture = PictureField(
        label=gettext_lazy("Lead picture"),
        help_text=gettext_lazy("PNG, JPEG, WebP, AVIF or GIF, up to 10 MB. It stands beside the title."),
        required=False,
    )

    class Meta:
        model = Monograph
        fields = [
            "title",
            "subtitle",
            "slug",
            "other_names",
            "summary",
            "topics",
            "lead_picture",
            "lead_picture_alt",
            "lead_picture_caption",
        ]
        widgets = {"topics": forms.CheckboxSelectMultiple}
        field_classes = {"other_names": LinesField, "summary": LinesField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "lead_picture" in self.fields:
            self.fields["lead_picture"].widget.picture = self.instance.lead_picture

    def clean_lead_picture(self):
        """Store an upload at once: a form refused for another reason then comes back with the picture in it."""
        picture = self.cleaned_data["lead_picture"]
        if isinstance(picture, File):
            picture = store(picture, by=self.user)
            self.fields["lead_picture"].widget.picture = picture
        return picture

    def clean(self):
        """A picture that is chosen from the library brings its words, unless others are typed at the same time."""
        cleaned = super().clean()
        picture = cleaned.get("lead_picture")
        if picture and "lead_picture" in self.changed_data and not self["lead_picture"].data.upload:
            for name, words in (("lead_picture_alt", picture.alt), ("lead_picture_caption", picture.caption)):
                if name not in self.changed_data or not cleaned.get(name):
                    cleaned[name] = words
        return cleaned
