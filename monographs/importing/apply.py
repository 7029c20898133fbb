"""From a document to the working copy, in one transaction."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from monographs.importing.checking import check
from monographs.importing.document import ImportProblem, shown_path
from monographs.importing.headings import kinds_of
from monographs.importing.pictures import store_named, with_new_addresses, with_stored_pictures, write_credits
from monographs.importing.rows import write_names, write_rows, write_topics
from monographs.models import Fact, Identifier, LogEntry, Monograph, Reference, Section
from monographs.publishing import contents_of, take_stock


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
        monograph = Monograph(
            slug=slug, title=document.suggested_title, summary=document.suggested_summary, changed_by=by
        )
    _write(document, monograph, title=title or document.title, by=by)
    if before is not None and contents_of(monograph) == before:
        transaction.set_rollback(True)  # the rows stay, instead of equal ones in their place
        return monograph, False
    monograph.changed_at, monograph.changed_by = timezone.now(), by
    monograph.save(update_fields=["changed_at", "changed_by"])
    take_stock(monograph)
    LogEntry.objects.create(
        monograph=monograph, event=LogEntry.Event.IMPORTED, by=by, note=shown_path(document.path.name)
    )
    return monograph, True


def _write(document, monograph, *, title, by):
    details = document.details
    monograph.title = title or monograph.title
    if document.summary is not None:
        monograph.summary = document.summary
    if details:
        write_names(monograph, details)
    check(monograph, path=document.path, lines=document.lines)
    monograph.save()
    if details:
        for model, rows in (
            (Fact, details.facts),
            (Identifier, details.identifiers),
            (Reference, details.references),
        ):
            write_rows(document, monograph, model, rows)
        if details.is_whole:
            write_topics(document, monograph, details.topics)
            _write_lead_picture(document, monograph, by)
            write_credits(document, by)
    _write_sections(document, monograph, by)


def _write_lead_picture(document, monograph, by):
    row = document.details.lead_picture
    monograph.lead_picture = row and store_named(document.path, row.line, row.values["file"], by)
    monograph.save(update_fields=["lead_picture"])


def _write_sections(document, monograph, by):
    kinds = kinds_of(section.heading for section in document.sections)

    def address_of(name, line):
        return settings.MEDIA_URL + store_named(document.path, line, name, by).file.name

    addresses = {row.values["address"]: address_of(row.values["file"], row.line) for row in document.pictures}
    monograph.sections.all().delete()
    for position, (section, kind) in enumerate(zip(document.sections, kinds, strict=True), start=1):
        body = with_new_addresses(section.body, addresses)
        if not document.is_exact:
            body = with_stored_pictures(document.path, section, address_of=address_of)
        part = Section(
            monograph=monograph, kind=section.kind or kind, heading=section.heading, body=body, position=position
        )
        check(part, path=document.path, where=_("Section %(number)d") % {"number": position}, line=section.line)
        part.save()
