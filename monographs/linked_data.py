"""What a page says to search engines in the words of schema.org, as JSON-LD.

The medicine has one identifier on all pages of its monograph, so that other apps can say more about it.
"""

import json

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from monographs.addresses import absolute
from monographs.formats.work import language_tag
from monographs.references.vancouver import vancouver

CONTEXT = "https://schema.org"
# Inside a script element nothing may look like its end, nor like the beginning of a comment.
ESCAPES = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def script(data):
    """Return data as a script element that no browser runs."""
    text = json.dumps({"@context": CONTEXT, **data}, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')


def medicine_id(slug):
    """Return the identifier of the medicine that a monograph is about."""
    return absolute(reverse("monograph", args=[slug])) + "#medicine"


def page_data(edition, *, is_earlier):
    """Return the page of an edition and the medicine; `is_earlier` says that a newer edition has its place."""
    return {"@graph": [_page(edition, is_earlier), _medicine(edition)]}


def _page(edition, is_earlier):
    address = absolute((edition if is_earlier else edition.monograph).get_absolute_url())
    checked = edition.clinical_review
    signature, review = checked.signature, checked.review
    times = [*([signature.answered_at] if signature else []), *([review.at] if review else [])]
    reviewers = [
        signature and {"@type": "Person", "name": signature.name, "honorificSuffix": signature.credentials},
        review and {"@type": "Person", "name": review.name},
    ]
    page = {
        "@type": "MedicalWebPage",
        "@id": address,
        "url": address,
        "name": edition.title,
        "description": edition.summary,
        "inLanguage": language_tag(),
        "isAccessibleForFree": True,
        "version": edition.number,
        "datePublished": _day(edition.listing.since),
        "dateModified": _day(edition.public_from),
        "lastReviewed": _day(max(times)) if times else None,
        "reviewedBy": [reviewer for reviewer in reviewers if reviewer],
        "publisher": {"@type": "Organization", "name": settings.SITE_NAME, "url": absolute("/")},
        "mainEntity": {"@id": medicine_id(edition.monograph.slug)},
        "citation": [_citation(reference) for reference in edition.references],
    }
    return _without_empty(page)


def _day(time):
    return timezone.localdate(time).isoformat()


def _citation(reference):
    """Return where a reference leads, which the page has already and which therefore weighs nothing; else its text."""
    if reference["doi"]:
        return f"https://doi.org/{reference['doi']}"
    return reference["url"] or vancouver(reference)


def _medicine(edition):
    codes = {identifier["register"]: identifier["value"] for identifier in edition.identifiers}
    medicine = {
        "@type": "Drug",
        "@id": medicine_id(edition.monograph.slug),
        "name": edition.title,
        "alternateName": edition.other_names,
        "image": edition.picture and absolute(settings.MEDIA_URL + edition.picture["path"]),
        "identifier": [
            {"@type": "PropertyValue", "propertyID": each["name"], "value": each["value"], "url": each["url"]}
            for each in edition.identifiers
        ],
        "rxcui": codes.get("RxNorm"),
        "drugClass": _fact(edition, "Class", _("Class"), "Drug class", _("Drug class")),
        "administrationRoute": _fact(edition, "Given by", _("Given by"), "Route", _("Route")),
    }
    return _without_empty(medicine)


def _fact(edition, *labels):
    """Return the first key fact that stands under one of these labels."""
    known = {label.casefold() for label in labels}
    return next((fact["value"] for fact in edition.facts if fact["label"].casefold() in known), None)


def _without_empty(data):
    return {name: value for name, value in data.items() if value not in (None, "", [])}
