"""The form of a monograph's working copy, with its lead picture."""

from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.core.files import File
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monographs.markdown_rules import picture_html
from monographs.models import Monograph, Picture
from monographs.pictures import store

ACCEPT = "image/png,image/jpeg,image/webp,image/avif,image/gif"


class PictureChoice(NamedTuple):
    """What the person asked for: a new file, none, or what was there, by its key (None: the form did not say)."""

    upload: File | None
    is_removed: bool
    kept: str | None


class PictureInput(forms.Widget):
    """Shows `picture` as it is now, a field for another file, and a box to remove it."""

    needs_multipart_form = True
    picture = None

    class Media:
        css = {"all": ["css/editor.css"]}

    def value_from_datadict(self, data, files, name):
        return PictureChoice(files.get(f"{name}_upload"), f"{name}_remove" in data, data.get(name))

    def value_omitted_from_data(self, data, files, name):
        return name not in data and f"{name}_upload" not in files

    def id_for_label(self, id_):
        return f"{id_}_upload"

    def render(self, name, value, attrs=None, renderer=None):
        attrs = dict(attrs or {})
        upload_id = self.id_for_label(attrs.pop("id", f"id_{name}"))
        return format_html(
            '<div class="lead-picture">{}<label for="{}">{}</label>'
            '<input type="file" name="{}_upload" id="{}" accept="{}"{}></div>',
            self._now(name) if self.picture else "",
            upload_id,
            _("Upload a picture"),
            name,
            upload_id,
            ACCEPT,
            flatatt(attrs),
        )

    def _now(self, name):
        html = picture_html(self.picture.file.name, self.picture.as_data(), _("The picture now"), sizes="15rem")
        return format_html(
            '<input type="hidden" name="{}" value="{}">{}<label><input type="checkbox" name="{}_remove"> {}</label>',
            name,
            self.picture.pk,
            mark_safe(html),  # picture_html escapes what it prints
            name,
            _("Remove the picture"),
        )


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
            raise ValidationError(_("That picture is not there any more. Upload it again.")) from error

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
