"""The working copy as it stands in a form that nobody has saved yet."""

import re
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.forms import DateField

from monographs.models import Picture
from monographs.publishing import checklist_of

ROW_FIELD = re.compile(r"(sections|references)-(\d{1,4})-(\w{1,30})")
WRITTEN = {
    "sections": ("id", "heading", "body"),
    "references": ("id", "key", "authors", "title", "source", "year", "doi", "pmid", "url"),
}


@dataclass(frozen=True)
class PostedForm:
    """Contents for the checklist, and the numbers that their rows have in the form."""

    contents: dict
    numbers: dict[str, list[int]]

    def checklist(self):
        """Return the Checklist of the contents, with the places that the rows have in the form."""
        checklist = checklist_of(self.contents)
        checklist.findings = [self._place_in_form(finding) for finding in checklist.findings]
        return checklist

    def _place_in_form(self, finding):
        place = finding.place
        if place.index is None:
            return finding
        return replace(finding, place=replace(place, index=self.numbers[place.part][place.index]))


def read_form(data):
    """Return the PostedForm of the admin's form, given as its posted data; whatever is wrong with it is left blank."""
    rows = {part: rows_of(data, part) for part in WRITTEN}
    contents = {
        "title": data.get("title", ""),
        "summary": data.get("summary", ""),
        "picture": _lead_picture(data),
        "sections": [
            {"heading": row.get("heading", ""), "source": row.get("body", "").replace("\r\n", "\n")}
            for _number, row in rows["sections"]
        ],
        "references": [_reference(row) for _number, row in rows["references"]],
    }
    return PostedForm(contents, {part: [number for number, _row in found] for part, found in rows.items()})


def rows_of(data, part):
    """Return the rows of `part` as (number in the form, {field: value}), in the order of their positions.

    Rows to be removed are left out, and so are new ones that nobody has written in.
    """
    rows = {}
    for name in data:
        if (match := ROW_FIELD.fullmatch(name)) and match[1] == part:
            rows.setdefault(int(match[2]), {})[match[3]] = data.get(name, "")
    wanted = [
        (number, row)
        for number, row in rows.items()
        if not row.get("DELETE") and any(row.get(name, "").strip() for name in WRITTEN[part])
    ]
    return sorted(wanted, key=lambda numbered: (_position(numbered[1]), numbered[0]))


def _position(row):
    position = row.get("position", "").strip()
    return int(position) if position.isdecimal() and len(position) < 6 else 0


def _reference(row):
    names = ("key", "doi", "pmid", "url")
    return {**{name: row.get(name, "").strip() for name in names}, "checked_on": _day(row.get("checked_on", ""))}


def _day(text):
    try:
        day = DateField(required=False).clean(text)
    except ValidationError:
        return None
    return day and day.isoformat()


def _lead_picture(data):
    """The lead picture that saving would keep; a file that waits to be uploaded is posted as its name."""
    alt = data.get("lead_picture_alt", "")
    if upload := data.get("lead_picture_upload"):
        return {"path": upload, "alt": alt}
    key = data.get("lead_picture", "")
    if "lead_picture_remove" in data or not key.isdecimal() or len(key) > 18:
        return None
    picture = Picture.objects.filter(pk=key).first()
    return picture and {"path": picture.file.name, "alt": alt}
