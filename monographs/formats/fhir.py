"""FHIR R5: an electronic product information (ePI) document of type 1, which is the text with coded sections.

After HL7's "Electronic Medicinal Product Information (ePI)", profiles bundle-epi-type1 and composition-epi-type1:
the Composition is the only entry, has one root section, and contains what it refers to. A monograph is no label of a
regulator, so it does not call itself one: its type is an education note.
"""

import json
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from monographs.addresses import absolute, tag_uri
from monographs.formats.narrative import narrative
from monographs.formats.styles import styles_of
from monographs.formats.work import work_of
from monographs.models import Section
from monographs.one_line import one_line
from monographs.references.vancouver import vancouver

PROFILES = "http://hl7.org/fhir/uv/emedicinal-product-info/StructureDefinition"
LOINC = "http://loinc.org"
URI = "urn:ietf:rfc:3986"
ATTESTATION = "http://hl7.org/fhir/composition-attestation-mode"

NOTE = ("34895-3", "Education note")
SECTIONS = {
    Section.Kind.USES: ("34067-9", "INDICATIONS & USAGE SECTION"),
    Section.Kind.MECHANISM: ("43679-0", "MECHANISM OF ACTION SECTION"),
    Section.Kind.FORMS: ("34068-7", "DOSAGE & ADMINISTRATION SECTION"),
    Section.Kind.EFFECTS: ("34084-4", "ADVERSE REACTIONS SECTION"),
    Section.Kind.RESEARCH: ("34092-7", "CLINICAL STUDIES SECTION"),
    Section.Kind.OTHER: ("42229-5", "SPL UNCLASSIFIED SECTION"),
}
REFERENCES = ("34093-5", "REFERENCES SECTION")
CODE_SYSTEMS = {
    "ATC": "http://www.whocc.no/atc",
    "UNII": "http://fdasis.nlm.nih.gov",
    "RxNorm": "http://www.nlm.nih.gov/research/umls/rxnorm",
    "CAS": "urn:oid:2.16.840.1.113883.6.61",
}
"""Systems as HL7's registry of terminologies names them; other registers are named by their address."""


def as_fhir(edition):
    """Return the document as JSON. Its identifier is the monograph's, the same in every edition."""
    monograph = edition.monograph
    document_id = tag_uri(monograph.created_at, f"monographs/{monograph.pk}")
    edition_id = str(uuid5(NAMESPACE_URL, f"{document_id}/editions/{edition.number}"))
    bundle = {
        "resourceType": "Bundle",
        "id": edition_id,
        "meta": _meta(edition, "bundle-epi-type1"),
        "language": work_of(edition).language,
        "identifier": {"system": URI, "value": document_id},
        "type": "document",
        "timestamp": edition.published_at.isoformat(),
        "entry": [{"fullUrl": f"urn:uuid:{edition_id}", "resource": _composition(edition, edition_id)}],
    }
    return json.dumps(bundle, ensure_ascii=False, indent=2) + "\n"


def _meta(edition, profile):
    changed = max(filter(None, (edition.public_from, edition.rendered_at)))
    return {
        "versionId": str(edition.number),
        "lastUpdated": changed.isoformat(),
        "profile": [f"{PROFILES}/{profile}"],
    }


def _composition(edition, edition_id):
    work = work_of(edition)
    root = {
        "title": work.title,
        "code": _code(NOTE),
        "text": _text(edition, _opening(edition)),
        "section": _sections(edition),
    }
    composition = {
        "resourceType": "Composition",
        "id": edition_id,
        "meta": _meta(edition, "composition-epi-type1"),
        "language": work.language,
        "text": _text(edition, format_html("<p>{}</p>", f"{work.title}. {_('Edition %d') % work.number}")),
        "contained": [_publisher(work), _medicine(edition)],
        "url": work.url,
        "identifier": [{"system": URI, "value": work.url}],
        "version": str(work.number),
        "status": "final",
        "type": {**_code(NOTE), "text": _("Medicine monograph, not a regulator’s label")},
        "subject": [{"reference": "#medicine", "display": one_line(edition.title)}],
        "date": edition.public_from.isoformat(),
        "author": [{"reference": "#publisher", "display": work.publisher}],
        "title": work.title,
        "note": [{"text": edition.note}],
        "attester": _attesters(edition),
        "custodian": {"reference": "#publisher", "display": work.publisher},
        "relatesTo": [{"type": "cite-as", "citation": styles_of(edition)[0].text}],
        "section": [root],
    }
    return {name: value for name, value in composition.items() if value}


def _publisher(work):
    return {
        "resourceType": "Organization",
        "id": "publisher",
        "identifier": [{"system": URI, "value": absolute("/")}],
        "name": work.publisher,
    }


def _medicine(edition):
    """The medicine itself: its names, and its codes as classifications."""
    names = dict.fromkeys(filter(None, map(one_line, (edition.title, *edition.other_names))))
    codes = [
        {"coding": [{"system": _system_of(identifier), "code": identifier["value"]}], "text": identifier["name"]}
        for identifier in edition.identifiers
    ]
    medicine = {
        "resourceType": "MedicinalProductDefinition",
        "id": "medicine",
        "classification": codes,
        "name": [{"productName": name} for name in names],
    }
    return {name: value for name, value in medicine.items() if value}


def _system_of(identifier):
    parts = urlsplit(identifier["url"])
    return CODE_SYSTEMS.get(identifier["register"], f"{parts.scheme}://{parts.netloc}")


def _attesters(edition):
    """Who signed exactly this text."""
    if not (signature := edition.clinical_review.signature):
        return []
    return [
        {
            "mode": {"coding": [{"system": ATTESTATION, "code": "professional"}]},
            "time": signature.answered_at.isoformat(),
            "party": {"display": one_line(signature.signatory)},
        }
    ]


def _opening(edition):
    """What stands above the sections: summary, lead picture and key facts."""
    parts = [format_html("<p>{}</p>", one_line(edition.summary) or edition.title)]
    if picture := edition.picture:
        address = absolute(settings.MEDIA_URL + picture["path"])
        parts.append(format_html('<p><img src="{}" alt="{}"></p>', address, picture["alt"]))
    if edition.facts:
        facts = ((fact["label"], fact["value"]) for fact in edition.facts)
        parts.append(format_html("<dl>{}</dl>", format_html_join("", "<dt>{}</dt><dd>{}</dd>", facts)))
    return "".join(parts)


def _sections(edition):
    sections = [
        {
            "id": section["anchor"],
            "title": one_line(section["heading"]),
            "code": _code(SECTIONS.get(section["kind"], SECTIONS[Section.Kind.OTHER])),
            "text": _text(edition, section["html"].strip() or format_html("<p>{}</p>", section["heading"])),
        }
        for section in edition.sections
    ]
    if edition.references:
        sections.append(
            {
                "id": "references",
                "title": _("References"),
                "code": _code(REFERENCES),
                "text": _text(edition, _reference_list(edition)),
            }
        )
    return sections


def _reference_list(edition):
    items = ((reference["key"], one_line(vancouver(reference))) for reference in edition.references)
    return format_html("<ol>{}</ol>", format_html_join("", '<li id="ref-{}">{}</li>', items))


def _text(edition, html):
    return narrative(html, base=absolute(edition.get_absolute_url()), language=work_of(edition).language)


def _code(coded):
    code, display = coded
    return {"coding": [{"system": LOINC, "code": code, "display": display}]}
