"""A text field that treats what people type or paste with care."""

from django import forms
from django.utils.translation import gettext_lazy as _

from monographs.rendering import UNSEEN


class LinesField(forms.CharField):
    """Several lines. How a browser ends them, and what is stripped around them, is no change."""

    def has_changed(self, initial, data):
        return super().has_changed(_plain(initial), _plain(data))


class TypedField(forms.CharField):
    """Text without characters nobody can see. A limit does not cut what is pasted: it says by how much it is passed."""

    def __init__(self, *, has_lines=False, **kwargs):
        self.has_lines = has_lines
        super().__init__(**kwargs)
        self.error_messages["max_length"] = _("Shorten this to %(limit_value)d characters. It has %(show_value)d now.")

    def to_python(self, value):
        text = UNSEEN.sub("", super().to_python(value).replace("\r\n", "\n").replace("\r", "\n"))
        return text.strip() if self.has_lines else " ".join(text.split())

    def bound_data(self, data, initial):
        return UNSEEN.sub("", data or "")

    def widget_attrs(self, widget):
        return {"dir": "auto"}


def _plain(text):
    return (text or "").replace("\r\n", "\n").strip()
