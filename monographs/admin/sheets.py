"""What the form of a working copy holds, row by row, as a browser sends it.

A sheet is written of the form as it is stored and of the form as somebody sent it. Of the form as it was opened there
is only a stamp: the digests of its sheet, which travel in the page.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cached_property

from monographs.forms import PictureChoice

MAIN = ""
"""The group, and the key in it, of the one row that is the monograph itself."""

POSITION = "position"
TITLES = ("heading", "label", "key", "value", "title")


@dataclass(frozen=True)
class Row:
    """One row: `values` are by field name, its place aside; `key` is its primary key where it is stored."""

    key: str
    values: dict[str, tuple[str, ...]]
    is_stored: bool = True
    is_removed: bool = False

    @property
    def title(self):
        """What people call the row."""
        return next((self.values[name][0] for name in TITLES if self.values.get(name)), "")

    @cached_property
    def digests(self):
        return {name: digest_of(values) for name, values in self.values.items()}


def sheet_of(form, formsets):
    """Return the sheet of a form and its formsets, bound or not: rows by group, each group in its order."""
    sheet = {MAIN: [Row(MAIN, _values_of(form, form.fields))]}
    for formset in formsets:
        names = _names_in(formset)
        blank = Row("", _values_of(formset.empty_form, names)).digests
        rows = []
        for index, part in enumerate(formset.forms):
            place, row = _row_of(formset, part, index, names)
            # A new row in which nobody has written is none.
            if row.is_stored or row.digests != blank:
                rows.append((place, index, row))
        sheet[formset.prefix] = [row for _place, _index, row in sorted(rows, key=lambda entry: entry[:2])]
    return sheet


def _names_in(formset):
    """Return the names of the fields in which a row has its text."""
    own = {POSITION, "DELETE", formset.fk.name, formset.model._meta.pk.name}
    return [name for name in formset.empty_form.fields if name not in own]


def _row_of(formset, form, index, names):
    """Return (place, Row) of one form. A stored row's place is where the database has it."""
    values = _values_of(form, names)
    if not formset.is_bound:
        return index, Row(str(form.instance.pk), values, is_stored=form.instance.pk is not None)
    data, stem = formset.data, f"{formset.prefix}-{index}-"
    key = data.get(stem + formset.model._meta.pk.name, "")
    row = Row(key or f"new {index}", values, is_stored=bool(key), is_removed=bool(data.get(stem + "DELETE")))
    place = data.get(stem + POSITION, "")
    return int(place) if place.isdecimal() and len(place) < 6 else len(formset.forms), row


def _values_of(form, names):
    """Return what a browser sends of these fields; what was not sent is left out."""
    sent = [name for name in names if not getattr(form.fields[name], "is_no_text", False)]
    if form.is_bound:
        sent = [name for name in sent if not _is_omitted(form, name)]
    return {name: _as_sent(form.fields[name].widget, form[name].value()) for name in sent}


def _is_omitted(form, name):
    widget = form.fields[name].widget
    return widget.value_omitted_from_data(form.data, form.files, form.add_prefix(name))


def _as_sent(widget, value):
    if isinstance(value, PictureChoice):
        value = value.upload or (None if value.is_removed else value.kept)
    if value is True:
        return ("on",)
    if value in (None, False, ""):
        return ()
    if isinstance(value, list):
        return tuple(sorted(str(one) for one in value))
    text = str(value if isinstance(value, str) else widget.format_value(value))
    return (text,) if text.strip() else ()


def digest_of(values):
    """Return a short digest of what was sent for one field; line ends and space around it make no difference."""
    text = "\0".join(value.replace("\r\n", "\n").strip() for value in values)
    return hashlib.blake2b(text.encode(), digest_size=5).hexdigest()


def stamp_of(sheet, changed_at):
    """Return what the page carries to know later how it was opened."""
    rows = {group: {row.key: row.digests for row in rows} for group, rows in sheet.items()}
    return json.dumps({"at": changed_at.isoformat(), "rows": rows}, separators=(",", ":"))


def rows_of_stamp(stamp):
    """Return {group: {key: {name: digest}}} of a stamp, or of what was sent in its place: then nothing is known."""
    try:
        rows = json.loads(stamp)["rows"]
        return {
            str(group): {str(key): dict(digests) for key, digests in of_group.items()}
            for group, of_group in rows.items()
        }
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}


def as_data(data, rows, formsets):
    """Return a copy of sent data in which these rows stand, in their order, in place of the rows that were sent."""
    data = data.copy()
    for formset in formsets:
        prefix, in_order = formset.prefix, rows[formset.prefix]
        for key in [key for key in data if re.match(rf"{re.escape(prefix)}-\d+-", key)]:
            del data[key]
        # Django wants the stored rows first; people see them by their positions.
        for index, (place, row) in enumerate(sorted(enumerate(in_order, 1), key=lambda entry: not entry[1].is_stored)):
            stem = f"{prefix}-{index}-"
            for name, values in row.values.items():
                data.setlist(stem + name, list(values) or [""])
            data[stem + formset.model._meta.pk.name] = row.key if row.is_stored else ""
            data[stem + formset.fk.name] = str(formset.instance.pk)
            data[stem + POSITION] = str(place)
            if row.is_removed:
                data[stem + "DELETE"] = "on"
        data[f"{prefix}-TOTAL_FORMS"] = str(len(in_order))
        data[f"{prefix}-INITIAL_FORMS"] = str(sum(row.is_stored for row in in_order))
    return data
