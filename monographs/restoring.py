"""Bringing an earlier text back into the working copy."""

from django.db import transaction
from django.utils import timezone

from monographs.models import Fact, Identifier, LogEntry, Monograph, Picture, Reference, Section, Topic
from monographs.publishing import take_stock

PARTS = {
    "facts": (Fact, ("label", "value")),
    "identifiers": (Identifier, ("register", "value")),
    "references": (
        Reference,
        ("key", "authors", "year", "title", "source", "doi", "pmid", "url", "checked_on"),
    ),
}


@transaction.atomic
def restore(edition, *, by):
    """Do what `Edition.restore` says. Topics that exist no more are left out."""
    monograph = Monograph.objects.select_for_update().get(pk=edition.monograph_id)
    picture = edition.picture or {}
    monograph.title, monograph.subtitle = edition.title, edition.subtitle
    monograph.other_names, monograph.summary = "\n".join(edition.other_names), edition.summary
    monograph.lead_picture = Picture.objects.filter(file=picture["path"]).first() if picture else None
    monograph.lead_picture_alt = picture.get("alt", "")
    monograph.lead_picture_caption = picture.get("caption", "")
    monograph.changed_at, monograph.changed_by = timezone.now(), by
    monograph.save()
    monograph.topics.set(Topic.objects.filter(slug__in=[topic["slug"] for topic in edition.topics]))
    for name, (model, fields) in PARTS.items():
        rows = [{field: row[field] for field in fields} for row in getattr(edition, name)]
        _replace(monograph, model, rows)
    sections = [
        {"kind": section["kind"], "heading": section["heading"], "body": section["source"]}
        for section in edition.sections
    ]
    _replace(monograph, Section, sections)
    take_stock(monograph)
    LogEntry.objects.create(monograph=monograph, event=LogEntry.Event.RESTORED, by=by, edition=edition)
    return monograph


def _replace(monograph, model, rows):
    model.objects.filter(monograph=monograph).delete()
    model.objects.bulk_create(
        model(monograph=monograph, position=position, **row) for position, row in enumerate(rows, start=1)
    )
