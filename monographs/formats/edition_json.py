"""Editions as JSON."""

from django.conf import settings

from monographs.addresses import absolute
from monographs.formats.edition_document import EditionDocument
from monographs.formats.work import language_tag


def document_of(edition):
    """Return the EditionDocument of an edition that was loaded with `with_clinical_review`."""
    checked = edition.clinical_review
    signature, review = checked.signature, checked.review
    return EditionDocument.model_validate(
        {
            **edition.contents,
            "sections": edition.sections,
            **{name: getattr(edition, name) for name in COPIED},
            "url": absolute(edition.get_absolute_url()),
            "monograph": {
                "slug": edition.monograph.slug,
                "url": absolute(edition.monograph.get_absolute_url()),
            },
            "language": language_tag(),
            "clinical_review": {
                "signed_by": signature and signature.name,
                "credentials": signature and signature.credentials,
                "signed_at": signature and signature.answered_at,
                "reviewed_by": review and review.name,
                "reviewed_at": review and review.at,
                "due_on": checked.due_on,
            },
            "media_url": absolute(settings.MEDIA_URL),
        }
    )


COPIED = ("number", "note", "is_substantive", "public_from", "published_at", "digest")


def as_json(edition):
    """Return the edition as JSON text."""
    return document_of(edition).model_dump_json(by_alias=True, indent=2, exclude_unset=True) + "\n"
