"""What a label says about its product besides its text: names, codes, key facts, and itself as a source."""

import datetime
import re
from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from monographs.importing.document import Details, Row
from monographs.importing.labels.parts import shortened
from monographs.importing.value_kinds import shown
from monographs.models import Fact, Monograph, Reference
from monographs.registers import REGISTERS

SET_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
LABEL_ADDRESS = "https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?setid={}"
REFERENCE_KEY = "label"
SHORT = frozenset("CR DR EC ER HBR HCL IR LA ODT SR XL XR".split())
"""Usual abbreviations of salts and of forms that release a medicine slowly."""


@dataclass
class Product:
    """Names and values as the label writes them; lists may repeat themselves."""

    generic_names: list[str] = field(default_factory=list)
    brand_names: list[str] = field(default_factory=list)
    substances: list[str] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    routes: list[str] = field(default_factory=list)
    labellers: list[str] = field(default_factory=list)
    codes: list[tuple[str, str]] = field(default_factory=list)
    set_id: str = ""
    version: str = ""
    effective: str = ""
    notes: list[str] = field(default_factory=list)

    @property
    def title(self):
        """The medicine’s usual name, or "" where the label gives none that fits."""
        names = _unique([*self.generic_names, *self.brand_names, *self.substances])
        most = Monograph._meta.get_field("title").max_length
        return next((name for name in names if len(name) <= most), shortened(names[0], most) if names else "")

    @property
    def date(self):
        """The day from which the label is in force, or None."""
        try:
            return datetime.datetime.strptime(self.effective[:8], "%Y%m%d").date()
        except ValueError:
            return None

    @property
    def summary(self):
        """One sentence that says where the text comes from, for a monograph that has no summary yet."""
        if not (self.title and self.labellers and self.date):
            return ""
        words = _("The text of the drug label of %(name)s by %(labeller)s, in force since %(date)s.")
        return words % {"name": self.title, "labeller": self.labellers[0], "date": date_format(self.date)}

    def details(self):
        """Return Details that add to what a monograph says already."""
        title = self.title
        names = [name for name in _unique([*self.brand_names, *self.generic_names]) if name != title]
        return Details(
            other_names=tuple(names),
            facts=tuple(self._facts()),
            identifiers=tuple(self._identifiers()),
            references=tuple(self._references()),
            is_whole=False,
        )

    def _facts(self):
        most = Fact._meta.get_field("value").max_length
        for label, values in (
            (_("Class"), self.classes),
            (_("Active ingredients"), self.substances),
            (_("Forms"), self.forms),
            (_("Given by"), self.routes),
            (_("Label by"), self.labellers),
        ):
            if values:
                yield Row({"label": label, "value": shortened("; ".join(_unique(values)), most)}, None)

    def _identifiers(self):
        for register, value in dict.fromkeys(self.codes):
            if re.fullmatch(REGISTERS[register].pattern, value, re.ASCII):
                yield Row({"register": register, "value": value}, None)
            else:
                note = _("“%(value)s” is not a %(register)s code and is left out.")
                self.notes.append(note % {"value": shown(value), "register": REGISTERS[register].name})

    def _references(self):
        if not (self.title and self.labellers and self.date):
            return
        limits = {name: Reference._meta.get_field(name).max_length for name in ("authors", "title", "source")}
        title = _("%(name)s: drug label, in force since %(date)s")
        source = _("DailyMed, version %(version)s") if self.version else "DailyMed"
        values = {
            "key": REFERENCE_KEY,
            "authors": shortened(self.labellers[0], limits["authors"]),
            "year": self.date.year,
            "title": shortened(title % {"name": self.title, "date": date_format(self.date)}, limits["title"]),
            "source": shortened(source % {"version": self.version}, limits["source"]),
        }
        if SET_ID.fullmatch(self.set_id):
            values["url"] = LABEL_ADDRESS.format(self.set_id)
        yield Row(values, None)


def _unique(values):
    """Return the values once each, whatever their case, begun with a capital and otherwise not all in capitals."""
    found = {}
    for value in values:
        value = " ".join(value.split())
        if value:
            found.setdefault(value.casefold(), _in_small_letters(value) if value.isupper() else value)
    return [value[0].upper() + value[1:] for value in found.values()]


def _in_small_letters(value):
    return " ".join(word if word.strip(",;") in SHORT else word.lower() for word in value.split(" "))
