"""From working copy to Edition: what is frozen, what stands in the way, and the act itself."""

import hashlib
import json
from dataclasses import dataclass

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from monographs.abbreviations import abbreviations_in
from monographs.checklist import look_at, section_name
from monographs.derived import refresh
from monographs.freezing import freeze_after_commit
from monographs.house_rules import refusals
from monographs.models import Edition, LogEntry, Monograph, Picture, PictureUse, Section, Standing
from monographs.models.listing import sort_title_of
from monographs.pictures import learn_words
from monographs.registers import REGISTERS
from monographs.rendering import render

WORKING_COPY = ("topics", "facts", "identifiers", "sections", "references")
"""What a working copy has besides the row of its monograph; `prefetch_related` with these reads each once."""

# Ids that the page itself uses; a section's anchor is never one of them.
RESERVED_ANCHORS = tuple("main description contents references abbreviations cite editions reviews share".split())


@dataclass(frozen=True)
class Problem:
    """A reason why a working copy cannot be published, besides the errors of its checklist: where and what."""

    where: str
    what: str

    def __str__(self):
        return f"{self.where}: {self.what}" if self.where else self.what


def contents_of(monograph):
    """Return the working copy as plain data, in the form that an Edition freezes, without HTML."""
    picture = monograph.lead_picture
    sections = frozen_sections(monograph.sections.all())
    contents = {
        "title": monograph.title,
        "subtitle": monograph.subtitle,
        "other_names": monograph.names,
        "summary": monograph.summary.replace("\r\n", "\n"),
        "topics": sorted(
            ({"slug": topic.slug, "name": topic.name} for topic in monograph.topics.all()), key=lambda t: t["slug"]
        ),
        "picture": picture
        and {
            **picture.as_data(),
            "path": picture.file.name,
            "alt": monograph.lead_picture_alt,
            "caption": monograph.lead_picture_caption,
            **picture.credit_data(),
        },
        "facts": [{"label": fact.label, "value": fact.value} for fact in monograph.facts.all()],
        "identifiers": [
            {
                "register": identifier.register,
                "name": REGISTERS[identifier.register].name,
                "value": identifier.value,
                "url": identifier.url,
            }
            for identifier in monograph.identifiers.all()
        ],
        "sections": sections,
        "references": [
            {
                "key": reference.key,
                "authors": reference.authors,
                "year": reference.year,
                "title": reference.title,
                "source": reference.source,
                "doi": reference.doi,
                "pmid": reference.pmid,
                "url": reference.url,
                "checked_on": reference.checked_on and reference.checked_on.isoformat(),
            }
            for reference in monograph.references.all()
        ],
    }
    if credits := credits_in(sections):
        contents["credits"] = credits
    return contents


def credits_in(sections):
    """Return who made the pictures that these sections name, and under which licence, by path, where that is known."""
    if not any("![" in section["source"] for section in sections):
        return {}
    pictures = Picture.objects.named_in(sections).order_by("file")
    return {picture.file.name: data for picture in pictures if (data := picture.credit_data())}


def frozen_sections(rows):
    """Return sections, given in order, in the form that an Edition freezes: with anchors, without HTML."""
    taken = set(RESERVED_ANCHORS)
    sections = []
    for section in rows:
        name = section.kind if section.kind != Section.Kind.OTHER else slugify(section.heading) or "section"
        anchor, count = name, 1
        while anchor in taken:
            count += 1
            anchor = f"{name}-{count}"
        taken.add(anchor)
        sections.append(
            {
                "kind": section.kind,
                "heading": section.heading,
                "anchor": anchor,
                "source": section.body.replace("\r\n", "\n"),
            }
        )
    return sections


def digest_of(contents):
    """Return the SHA-256, as hexadecimal, of contents written as canonical JSON."""
    text = json.dumps(contents, cls=DjangoJSONEncoder, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def render_sections(contents):
    """Render the sections of contents. Return (sections with HTML, problems)."""
    citations = [reference["key"] for reference in contents["references"]]
    pictures, credits = pictures_in(contents["sections"]), contents.get("credits", {})
    pictures = {path: {**data, **credits.get(path, {})} for path, data in pictures.items()}
    abbreviations = abbreviations_in(contents["sections"])
    sections, problems, tables = [], [], 0
    for section in contents["sections"]:
        rendered = render(
            section["source"],
            anchor=section["anchor"],
            citations=citations,
            pictures=pictures,
            abbreviations=abbreviations,
            tables_before=tables,
        )
        tables += rendered.tables
        sections.append({**section, "html": rendered.html})
        problems += [Problem(section_name(section), what) for what in rendered.problems]
    return sections, problems


def pictures_in(sections):
    """Return what the renderer needs to know about the pictures that these sections name, by path."""
    if not any("![" in section["source"] for section in sections):
        return {}
    return {picture.file.name: picture.as_data() for picture in Picture.objects.named_in(sections)}


def checklist_of(contents):
    """Return the Checklist of contents, with the pictures of this site."""
    return look_at(contents, pictures=pictures_in(contents["sections"]))


def draft_of(monograph):
    """Compose the edition that publishing would make now. Return (unsaved Edition, Problems and Findings)."""
    contents = contents_of(monograph)
    sections, problems = render_sections(contents)
    latest = monograph.latest_edition
    draft = Edition(
        **{**contents, "sections": sections},
        monograph=monograph,
        number=latest.number + 1 if latest else 1,
        digest=digest_of(contents),
    )
    errors = checklist_of(contents).errors
    named = {error.where for error in errors}
    # The checklist says more about what the renderer refuses; what it might miss is still refused.
    problems = errors + [problem for problem in problems if problem.where not in named]
    if not differs(latest, draft.digest):
        problems.append(Problem("", _("Nothing has changed since edition %(number)d.") % {"number": latest.number}))
    return draft, problems


def take_stock(monograph):
    """Store what is derived from a working copy: whether it differs from its latest edition, which pictures it shows.

    Every act that changes the working copy, or what the latest edition is, ends with this. After it the frame of the
    page is right, whatever of it has changed.
    """
    contents = contents_of(monograph)
    monograph.has_changes = differs_from_latest(monograph, digest_of(contents))
    monograph.save(update_fields=["has_changes"])
    PictureUse.objects.record(monograph, contents)
    freeze_after_commit([monograph.pk])


def differs_from_latest(monograph, digest):
    """Return whether a working copy with this digest has anything that its latest edition has not."""
    latest = monograph.editions.order_by("-number").select_related("withdrawal").defer(*Edition.HEAVY).first()
    return differs(latest, digest)


def differs(latest, digest):
    """Tell whether a text with this digest has anything that the latest edition, None for none, has not."""
    return latest is None or latest.withdrawn is not None or latest.digest != digest


@transaction.atomic
def publish(monograph, *, by, note, public_from=None, is_substantive=True, digest="", answers=None):
    """Do what `Monograph.publish` says."""
    locked = Monograph.objects.select_for_update().prefetch_related(*WORKING_COPY).get(pk=monograph.pk)
    Picture.objects.shown_by(contents_of(locked)).hold()
    draft, problems = draft_of(locked)
    if digest and digest != draft.digest:
        problems.append(Problem("", _("The text was changed after you looked at it. Look at it again.")))
    problems += [Problem("", what) for what in refusals(locked, draft.digest, by=by, answers=answers)]
    if not note.strip():
        problems.append(Problem("", _("Say what changed, for the public history.")))
    if problems:
        raise Monograph.CannotPublish(problems)
    draft.note = note.strip()
    draft.is_substantive = is_substantive
    draft.published_by = by
    draft.published_at = timezone.now()
    draft.public_from = public_from or draft.published_at
    draft.save()
    draft.filed_under.add(*locked.topics.all(), through_defaults={"sort_title": sort_title_of(draft.title)})
    refresh([locked])
    PictureUse.objects.record(locked, draft.contents, edition=draft)
    learn_words(draft.contents)
    Standing.objects.refresh([draft])
    take_stock(locked)
    locked.requests.close(by=by, edition=draft)
    event = LogEntry.Event.SCHEDULED if draft.public_from > draft.published_at else LogEntry.Event.PUBLISHED
    LogEntry.objects.create(monograph=locked, event=event, by=by, at=draft.published_at, edition=draft, note=draft.note)
    return draft
