"""The rows of a working copy that are no sections, brought in line with what a document states."""

from django.utils.text import slugify
from django.utils.translation import gettext as _

from monographs.importing.checking import check
from monographs.importing.document import Row
from monographs.models import Fact, Identifier, Reference, Topic

NAMED_BY = {Fact: ("label",), Identifier: ("register", "value"), Reference: ("key",)}


def write_names(monograph, details):
    """Set the names and the words of the lead picture on a monograph, without saving it."""
    if not details.is_whole:
        known = {name.casefold() for name in [monograph.title, *monograph.names]}
        new = [name for name in details.other_names if name.casefold() not in known]
        monograph.other_names = "\n".join([*monograph.names, *new])
        return
    monograph.subtitle = details.subtitle
    monograph.other_names = "\n".join(details.other_names)
    picture = details.lead_picture.values if details.lead_picture else {}
    monograph.lead_picture_alt = picture.get("alt", "")
    monograph.lead_picture_caption = picture.get("caption", "")


def write_topics(document, monograph, rows):
    monograph.topics.set([_topic_named(document, **row.values) for row in rows])


def _topic_named(document, name, slug=""):
    """Return the topic of this name or address, a new one if there is neither. A stated address tells best."""
    address = slug or slugify(name)
    by_name, by_slug = Topic.objects.filter(name=name), Topic.objects.filter(slug=address)
    topic = (by_slug.first() or by_name.first()) if slug else (by_name.first() or by_slug.first())
    if topic is None:
        topic = Topic(name=name, slug=address)
        where = _("Topic “%(name)s”") % {"name": name}
        check(topic, path=document.path, where=where, line=document.lines.get("topics"))
        topic.save()
    return topic


def write_rows(document, monograph, model, rows):
    """Replace the rows of one kind by those that the document states, or add them where it is no whole account."""
    if not document.details.is_whole:
        rows = _merged(model, model.objects.filter(monograph=monograph), rows)
    model.objects.filter(monograph=monograph).delete()
    for position, row in enumerate(rows, start=1):
        part = model(monograph=monograph, position=position, **row.values)
        name = str(model._meta.verbose_name)
        where = _("%(part)s %(number)d") % {"part": name[:1].upper() + name[1:], "number": position}
        check(part, path=document.path, where=where, line=row.line)
        part.save()


def _merged(model, present, stated):
    """Return the rows that are there, in order, with what is stated of the same name in them, and then the new ones."""
    names = NAMED_BY[model]
    fields = [field.name for field in model._meta.fields if field.name not in ("id", "monograph", "position")]
    stated = {tuple(row.values[name] for name in names): row for row in stated}
    merged = []
    for part in present:
        row = stated.pop(tuple(getattr(part, name) for name in names), Row({}, None))
        merged.append(Row({field: getattr(part, field) for field in fields} | row.values, row.line))
    return merged + list(stated.values())
