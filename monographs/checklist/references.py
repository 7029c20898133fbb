"""The rules about the list of references. Each yields (code, place in the list, field, what)."""

from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

OLD = timedelta(days=366)
"""A reference that was looked at longer ago than this may have been corrected, moved or withdrawn."""


def uncited(references, cited):
    """Each reference is cited somewhere."""
    for index, reference in enumerate(references):
        if reference["key"] and reference["key"] not in cited:
            what = _("It is never cited. Cite it as [@%(key)s], or remove it.") % {"key": reference["key"]}
            yield "uncited", index, "key", what


def without_identifier(references):
    """Each reference can be found by its DOI, PMID or web address."""
    for index, reference in enumerate(references):
        if not (reference["doi"] or reference["pmid"] or reference["url"]):
            yield "without_identifier", index, "doi", _("It has no DOI, PMID or web address. Add one.")


def duplicates(references):
    """No work is listed twice."""
    for field, name in (("doi", "DOI"), ("pmid", "PMID")):
        first = {}
        for index, reference in enumerate(references):
            identifier = reference[field].lower()
            if identifier and identifier in first:
                what = _("It has the same %(name)s as “%(key)s”. Remove one of the two.")
                yield "duplicate", index, field, what % {"name": name, "key": first[identifier]}
            first.setdefault(identifier, reference["key"])


def unchecked(references, today):
    """Somebody looked at each source within the last year."""
    for index, reference in enumerate(references):
        checked_on = _day(reference["checked_on"])
        if checked_on is None:
            what = _("Nobody has noted when it was checked. Look at the source, then fill in the day.")
            yield "unchecked", index, "checked_on", what
        elif today - checked_on > OLD:
            what = _("It was last checked on %(day)s. Look at the source again, then fill in the day.")
            yield "unchecked", index, "checked_on", what % {"day": date_format(checked_on)}


def _day(value):
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None
