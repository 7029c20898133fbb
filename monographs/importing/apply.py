"""From a document to the working copy, in one transaction."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from monographs.importing.checking import check
from monographs.importing.document import ImportProblem
from monographs.importing.headings import kinds_of
from monographs.importing.pictures import file_named, with_stored_pictures
from monographs.models import Fact, Identifier, Monograph, Reference, Section, Topic
from monographs.pictures import store
from monographs.publishing import contents_of


def slug_for(document, *, title=None, slug=None):
    """Return the address of the monograph that a document is about. Raises ImportProblem if there is none."""
    found = slug or document.slug or slugify(title or document.title or document.suggested_title)
    if not found:
        raise ImportProblem(document.path, None, _("No address can be made of this title. Give one with --slug."))
    return found


@transaction.atomic
def apply_document(document, *, title=None, slug=None, by=None):
    """Bring the working copy in line with a document, making it if there is none. Return (monograph, whether changed).

    What the document states is replaced, and the rest stays. A document that says what the working copy says already
    changes nothing, not even a time. Editions are not touched. Raises ImportProblem.
    """
    slug = slug_for(document, title=title, slug=slug)
    monograph = Monograph.objects.select_for_update().filter(slug=slug).first()
    before = monograph and contents_of(monograph)
    if monograph is None:
        monograph = Monograph(slug=slug, title=document.suggested_title, changed_by=by)
    _write(document, monograph, title=title or document.title, by=by)
    if before is None:
        return monograph, True
    if contents_of(monograph) == before:
        transaction.set_rollback(True)  # the rows stay, instead of equal ones in their place
        return monograph, False
    monograph.changed_at, monograph.changed_by = timezone.now(), by
    monograph.save(update_fields=["changed_at", "changed_by"])
    return monograph, True


def _write(document, monograph, *, title, by):
    details = document.details
    monograph.title = title or monograph.title
    if document.summary is not None:
        monograph.summary = document.summary
    if details:
        monograph.subtitle = details.subtitle
        monograph.other_names = "\n".join(details.other_names)
        picture = details.lead_picture.values if details.lead_picture else {}
        monograph.lead_picture_alt = picture.get("alt", "")
        monograph.lead_picture_caption = picture.get("caption", "")
    check(monograph, path=document.path, lines=document.lines)
    monograph.save()
    if details:
        monograph.topics.set([_topic_named(document, name) for name in details.topics])
        _write_rows(document, monograph, Fact, details.facts)
        _write_rows(document, monograph, Identifier, details.identifiers)
        _write_rows(document, monograph, Reference, details.references)
        _write_lead_picture(document, monograph, by)
    _write_sections(document, monograph, by)


def _write_lead_picture(document, monograph, by):
    row, monograph.lead_picture = document.details.lead_picture, None
    if row:
        file = file_named(document.path, row.line, row.values["file"])
        monograph.lead_picture = _store_picture(document, file, row.line, by)
    monograph.save(update_fields=["lead_picture"])


def _topic_named(document, name):
    """Return the topic of this name or of the address that the name makes; a new one if there is neither."""
    slug = slugify(name)
    topic = Topic.objects.filter(name=name).first() or Topic.objects.filter(slug=slug).first()
    if topic is None:
        topic = Topic(name=name, slug=slug)
        where = _("Topic “%(name)s”") % {"name": name}
        check(topic, path=document.path, where=where, line=document.lines.get("topics"))
        topic.save()
    return topic


def _write_rows(document, monograph, model, rows):
    model.objects.filter(monograph=monograph).delete()
    for position, row in enumerate(rows, start=1):
        part = model(monograph=monograph, position=position, **row.values)
        check(part, path=document.path, where=_nth(model, position), line=row.line)
        part.save()


def _write_sections(document, monograph, by):
    kinds = kinds_of(section.heading for section in document.sections)
    monograph.sections.all().delete()
    for position, (section, kind) in enumerate(zip(document.sections, kinds, strict=True), start=1):
        body = with_stored_pictures(
            document.path,
            section,
            store=lambda file, line: settings.MEDIA_URL + _store_picture(document, file, line, by).file.name,
        )
        part = Section(monograph=monograph, kind=kind, heading=section.heading, body=body, position=position)
        check(part, path=document.path, where=_nth(Section, position), line=section.line)
        part.save()


def _nth(model, position):
    name = str(model._meta.verbose_name)
    return _("%(part)s %(number)d") % {"part": name[:1].upper() + name[1:], "number": position}


def _store_picture(document, file, line, by):
    try:
        with file.open("rb") as content:
            return store(File(content, name=file.name), by=by)
    except OSError as error:
        reason = _("The picture %(name)s cannot be opened: %(reason)s.") % {"name": file.name, "reason": error.strerror}
    except ValidationError as error:
        reason = _("The picture %(name)s: %(reason)s") % {"name": file.name, "reason": " ".join(error.messages)}
    raise ImportProblem(document.path, line, reason)
