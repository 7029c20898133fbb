"""What two people changed in one text, in words for the one whose save was refused."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from monographs.admin.merging import What, Who
from monographs.admin.sheets import MAIN
from monographs.changes import Change, abridge, compare_texts
from monographs.forms import PictureField
from monographs.models import Picture


@dataclass(frozen=True)
class Clash:
    """A part that both changed: the text that both started from, where it is known, with what each made of it; and
    what differs between the two.
    """

    change: Change
    opened: str | None = None
    theirs: Change | None = None
    yours: Change | None = None


@dataclass(frozen=True)
class Conflict:
    """What stands in the way of a save: who saved before, what both changed, what only others did, and whether the
    sender changed anything.
    """

    who_saved: str
    clashes: list[Clash]
    taken: list[str]
    is_typed: bool


class Describer:
    """Names the parts of a form as the form does. `opened` are the texts that the form was opened with, by digest."""

    def __init__(self, form, formsets, opened):
        self.opened = opened
        self.fields = {MAIN: form.fields}
        self.models = {}
        for formset in formsets:
            self.fields[formset.prefix] = formset.empty_form.fields
            self.models[formset.prefix] = formset.model

    def conflict(self, merged, who_saved):
        """Return the Conflict that a merge is."""
        return Conflict(
            who_saved,
            clashes=[self._clash(difference) for difference in merged.by(Who.BOTH)],
            taken=[self._taken(difference) for difference in merged.by(Who.OTHERS)],
            is_typed=bool(merged.by(Who.SENDER, Who.BOTH)),
        )

    def _clash(self, difference):
        label = self._label(difference)
        match difference.what:
            case What.TEXT:
                field = self.fields[difference.group][difference.name]
                stored, sent = _readable(field, difference.stored), _readable(field, difference.sent)
                change = Change(label, abridge(compare_texts(stored, sent)))
                opened = self.opened.get(difference.opened)
                if opened is None:
                    return Clash(change)
                return Clash(change, opened, _from(opened, stored), _from(opened, sent))
            case What.ORDER:
                return Clash(Change(label, (), (_("both put them into another order; yours is kept here"),)))
        if difference.row.is_removed:
            return Clash(Change(label, (), (_("you removed it, and it was changed"),)))
        return Clash(Change(label, (), (_("it was removed, and you changed it; here it is again, as a new one"),)))

    def _taken(self, difference):
        label = self._label(difference)
        match difference.what:
            case What.ADDED:
                return _("%(part)s (added)") % {"part": label}
            case What.REMOVED:
                return _("%(part)s (removed)") % {"part": label}
            case What.ORDER:
                return _("%(part)s (in another order)") % {"part": label}
        return label

    def _label(self, difference):
        if difference.what == What.ORDER:
            return capfirst(self.models[difference.group]._meta.verbose_name_plural)
        field = self.fields[difference.group][difference.name].label if difference.name else ""
        if difference.group == MAIN:
            return str(field)
        name = {"kind": capfirst(self.models[difference.group]._meta.verbose_name), "title": difference.row.title}
        row = _("%(kind)s “%(title)s”") % name
        return _("%(row)s, %(field)s") % {"row": row, "field": str(field).lower()} if field else row


def _from(opened, text):
    return Change("", abridge(compare_texts(opened, text)))


def _readable(field, values):
    """Return the text that people see for what was sent for a field."""
    if isinstance(field, PictureField):
        keys = [value for value in values if value.isdecimal() and len(value) < 19]
        picture = Picture.objects.filter(pk__in=keys).first()
        return str(picture) if picture else "".join(values)
    names = {str(value): str(name) for value, name in getattr(field, "choices", ())}
    return "\n".join(sorted(names.get(value, value) for value in values)).replace("\r\n", "\n").strip()
