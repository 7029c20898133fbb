"""Monographs, their editions, and what these consist of."""

from typing import Annotated

from django.http import Http404, HttpResponse
from django.urls import reverse
from ninja import Path, Query, Router

from monographs.addresses import absolute
from monographs.formats import FORMATS
from monographs.formats.edition_document import EditionDocument, Reference
from monographs.formats.edition_json import document_of
from monographs.former_addresses import follow_former_slug
from monographs.kept_format import find_edition, key_of, written
from monographs.listing import a_to_z, under_topic
from monographs.models import Edition, Listing, Topic
from portal.api.paging import Key, Limit, NoSuchPlace, page
from portal.api.schemas import EditionItem, Monograph, MonographItem, Page, SectionItem
from portal.api.summaries import Gone, items_of, monograph_item, section_heading

router = Router(tags=["Monographs"], by_alias=True, exclude_unset=True)

Slug = Annotated[str, Path(pattern="^[-a-zA-Z0-9_]+$", max_length=120, description="The monograph's slug.")]
Number = Annotated[int, Path(ge=1, le=2**31 - 1, description="The edition's number.")]
OfEdition = Annotated[
    int | None, Query(ge=1, le=2**31 - 1, description="The number of an edition; otherwise the one in force.")
]


@router.get("/monographs", response=Page[MonographItem], url_name="monographs", summary="Monographs from A to Z")
def monographs(
    request,
    response: HttpResponse,
    topic: Annotated[str, Query(pattern="^[-a-zA-Z0-9_]*$", max_length=80, description="The slug of a topic.")] = "",
    letter: Annotated[str, Query(pattern=r"^[^\x00]*$", max_length=4, description="Such as A; # for digits.")] = "",
    limit: Limit = 50,
    after: Annotated[int | None, Query(ge=1, le=2**63 - 1, description="Where a page begins; see `next`.")] = None,
):
    """The monographs that readers can see now, in alphabetical order. An unknown topic has none."""
    try:
        if not topic:
            found = a_to_z(letter, after, size=limit)
        elif shelf := Topic.objects.filter(slug=topic).first():
            found = under_topic(shelf, after, letter=letter, size=limit)
        else:
            return page(request, response, [], after=None)
    except Listing.DoesNotExist:
        raise NoSuchPlace from None
    return page(request, response, items_of(found.editions), after=found.after)


@router.get("/monographs/{slug:slug}", response=Monograph, url_name="monograph", summary="One monograph")
@follow_former_slug
def monograph(request, slug: Slug):
    """Everything of the edition in force but the texts."""
    edition = _edition(slug)
    document = document_of(edition).model_dump(by_alias=True)
    numbered = [edition.monograph.slug, edition.number]
    return {
        **monograph_item(edition),
        **{name: document[name] for name in ("other_names", "picture", "media_url", "facts", "identifiers")},
        "contents": [section_heading(edition, section) for section in edition.sections],
        "reference_count": len(edition.references),
        "clinical_review": document["clinical_review"],
        "formats": {ending: absolute(reverse("edition_format", args=[*numbered, ending])) for ending in FORMATS},
    }


@router.get(
    "/monographs/{slug:slug}/editions",
    response=Page[EditionItem],
    url_name="editions",
    summary="Editions of a monograph",
)
@follow_former_slug
def editions(
    request,
    slug: Slug,
    response: HttpResponse,
    limit: Limit = 50,
    before: Annotated[Key | None, Query(description="Only editions with smaller numbers; see `next`.")] = None,
):
    """The public history, newest first. Withdrawn editions are in it with the reason."""
    public = Edition.objects.public().filter(monograph__slug=slug).select_related("monograph", "withdrawal")
    if not public.exists():
        raise Http404
    if before:
        public = public.filter(number__lt=before)
    found = list(public.defer(*Edition.HEAVY).order_by("-number")[: limit + 1])
    items = [_edition_item(edition) for edition in found[:limit]]
    return page(request, response, items, before=items[-1]["number"] if len(found) > limit else None)


@router.get(
    "/monographs/{slug:slug}/editions/{int:number}",
    response=EditionDocument,
    url_name="edition",
    summary="One edition, whole",
)
@follow_former_slug
def edition(request, slug: Slug, number: Number):
    """The same document as at the edition's own address that ends in `.json`."""
    found = _public(slug, number)
    key = key_of(found, "json")
    return HttpResponse(written(found, FORMATS["json"].write, key), content_type="application/json")


@router.get(
    "/monographs/{slug:slug}/sections",
    response=list[SectionItem],
    url_name="sections",
    summary="Sections of an edition",
)
@follow_former_slug
def sections(request, slug: Slug, edition: OfEdition = None):
    """The texts in the order of the page."""
    found = _edition(slug, edition)
    return [{**section, **section_heading(found, section)} for section in found.sections]


@router.get(
    "/monographs/{slug:slug}/sections/{slug:anchor}", response=SectionItem, url_name="section", summary="One section"
)
@follow_former_slug
def section(
    request,
    slug: Slug,
    anchor: Annotated[str, Path(pattern="^[-a-zA-Z0-9_]+$", max_length=200, description="The section's anchor.")],
    edition: OfEdition = None,
):
    """One text by its anchor, such as `effects`."""
    found = _edition(slug, edition)
    for section in found.sections:
        if section["anchor"] == anchor:
            return {**section, **section_heading(found, section)}
    raise Http404


@router.get(
    "/monographs/{slug:slug}/references",
    response=list[Reference],
    url_name="references",
    summary="References of an edition",
)
@follow_former_slug
def references(request, slug: Slug, edition: OfEdition = None):
    """The sources in the order of their numbers on the page."""
    return _edition(slug, edition).references


def _public(slug, number=None):
    """Return a public edition without its text. Raises Gone, or Http404."""
    edition = find_edition(slug, number)
    if edition.withdrawn:
        raise Gone(edition)
    return edition


def _edition(slug, number=None):
    return Edition.objects.with_clinical_review().get(pk=_public(slug, number).pk)


def _edition_item(edition):
    numbered = [edition.monograph.slug, edition.number]
    withdrawal = edition.withdrawn
    return {
        **{name: getattr(edition, name) for name in ("number", "title", "is_substantive", "public_from", "digest")},
        "url": absolute(edition.get_absolute_url()),
        "api_url": absolute(reverse("api:edition", args=numbered)),
        "note": edition.note,
        "withdrawn": withdrawal and {"at": withdrawal.at, "reason": withdrawal.reason},
    }
