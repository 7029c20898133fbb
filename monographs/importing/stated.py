"""Named values, checked and gathered: what a file states in front matter or in JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from monographs.importing.document import Details, ImportProblem, Row
from monographs.importing.stated_keys import CHOICES, NEEDED, kinds_of_keys
from monographs.importing.value_kinds import shown


@dataclass(frozen=True)
class Stated:
    """What a file states. One without front matter states nothing; `sections` is None where it does not list them."""

    title: str = ""
    slug: str = ""
    summary: str | None = None
    details: Details | None = None
    sections: tuple[Row, ...] | None = None
    pictures: tuple[Row, ...] = ()
    is_exact: bool = False
    lines: Mapping[str, int | None] = field(default_factory=dict)


class Reader:
    """Checks named values and gathers them into `Stated`. Raises ImportProblem.

    `line_of(key)` returns the line of a value, or None; `lines_of(key, count)` those of that many rows.
    """

    def __init__(self, path, form, *, line_of, lines_of):
        self.path, self.form, self.line_of, self.lines_of = path, form, line_of, lines_of

    def read(self, values):
        is_exact = values.get("exact") is True
        self.keys, self.row_keys = kinds_of_keys(self.form, is_exact)
        values = self._checked(values, self.keys, self.line_of)
        picture = self._rows("lead_picture", [values["lead_picture"]] if "lead_picture" in values else [])
        lines = {key: self.line_of(key) for key in values}
        if picture:
            lines["lead_picture_alt"] = lines["lead_picture_caption"] = picture[0].line
        return Stated(
            title=values.get("title", ""),
            slug=values.get("slug", ""),
            summary=values.get("summary", ""),
            details=Details(
                subtitle=values.get("subtitle", ""),
                other_names=tuple(values.get("other_names", ())),
                lead_picture=picture[0] if picture else None,
                **{
                    name: self._rows(name, values.get(name, ()))
                    for name in ("topics", "facts", "identifiers", "references", "credits")
                },
            ),
            sections=self._rows("sections", values["sections"]) if "sections" in values else None,
            pictures=self._rows("pictures", values.get("pictures", ())),
            is_exact=is_exact,
            lines=lines,
        )

    def _rows(self, name, tables):
        lines = self.lines_of(name, len(tables))
        return tuple(self._row(name, values, line) for values, line in zip(tables, lines, strict=True))

    def _row(self, name, values, line):
        values = self._checked(values, self.row_keys[name], lambda key: line)
        for key in NEEDED[name]:
            if not values.get(key):
                raise ImportProblem(self.path, line, _("“%(key)s” is missing. Write it here.") % {"key": key})
        for key, value in values.items():
            choices = CHOICES.get((name, key))
            if choices and value not in choices:
                reason = _("“%(value)s” is not known as “%(key)s”. Use one of these: %(choices)s.")
                reason %= {"value": shown(value), "key": key, "choices": ", ".join(choices)}
                raise ImportProblem(self.path, line, reason)
        return Row(values, line)

    def _checked(self, values, keys, line_of):
        for key, value in values.items():
            if key not in keys:
                reason = _("“%(key)s” cannot stand here. Use one of these: %(keys)s.")
                reason %= {"key": shown(key), "keys": ", ".join(keys)}
                raise ImportProblem(self.path, line_of(key), reason)
            if not keys[key].holds(value):
                reason = _("“%(key)s” must be %(kind)s.") % {"key": key, "kind": keys[key].words}
                raise ImportProblem(self.path, line_of(key), reason)
        return {key: keys[key].kept(value) for key, value in values.items()}
