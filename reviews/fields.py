"""Form fields that take what people type, and show it again as they would store it."""

import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.text import has_words, tidy, tidy_line

TOO_LONG = _("Shorten this to %(limit_value)d characters. It has %(show_value)d now.")
EARLIEST_YEAR = 1920


class TidyField(forms.CharField):
    """A text field that removes characters nobody can see, and whose limits do not cut text while it is typed."""

    def __init__(self, *, has_lines=False, **kwargs):
        self.tidy = tidy if has_lines else tidy_line
        super().__init__(**kwargs)
        self.error_messages["max_length"] = TOO_LONG

    def to_python(self, value):
        return self.tidy(super().to_python(value))

    def bound_data(self, data, initial):
        return self.tidy(data) if isinstance(data, str) else data

    def widget_attrs(self, widget):
        # No maxlength: a browser that knows it cuts off a pasted text without a word.
        return {"dir": "auto"}


class TidyEmailField(TidyField, forms.EmailField):
    """An e-mail address, without characters nobody can see."""


class WordsField(TidyField):
    """A text field that must contain at least one word."""

    def validate(self, value):
        super().validate(value)
        if value and not has_words(value):
            raise ValidationError(self.error_messages["required"], code="required")


class MonthField(TidyField):
    """A month, typed as 2026-03 or 03/2026; gives the first day of it as a date, or None."""

    widget = forms.TextInput(attrs={"type": "month"})
    empty_value = None

    def to_python(self, value):
        value = super().to_python(value)
        if not value:
            return None
        if match := re.fullmatch(r"(\d{4})-(\d{1,2})(?:-\d{1,2})?", value, re.ASCII):
            year, month = match.groups()
        elif match := re.fullmatch(r"(\d{1,2})[/.](\d{4})", value, re.ASCII):
            month, year = match.groups()
        else:
            raise self._unreadable()
        try:
            first = date(int(year), int(month), 1)
        except ValueError:
            raise self._unreadable() from None
        if first > timezone.localdate():
            raise ValidationError(_("This month has not begun yet. Give a month up to now."), code="future")
        if first.year < EARLIEST_YEAR:
            raise self._unreadable()
        return first

    def run_validators(self, value):
        """Nothing is left to check about a date; the text's length was settled by its form."""

    def _unreadable(self):
        return ValidationError(_("Give the year and the month, such as 2026-03."), code="invalid")
